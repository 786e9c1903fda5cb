package dev.pergola.registry.navigation;

import java.util.List;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of arranging the navigation.
 *
 * @param languages Languages every title is expected in.
 * @param roles Roles and permissions people can have; empty when they are not known here.
 * @param portalPaths Paths of the portal's own pages; links may also lead below them.
 * @param undoSteps Number of changes of a draft that can be undone.
 * @param maxSize Size of a draft as JSON or YAML.
 * @param maxDepth Levels of the navigation before the linter complains.
 * @param maxSiblings Entries beside one another before the linter complains.
 */
@Validated
@ConfigurationProperties("pergola.registry.navigation")
public record NavigationProperties(@DefaultValue( {
		"en", "de" }) @NotEmpty List<String> languages, @DefaultValue List<String> roles,
		@DefaultValue({ "/admin", "/developer", "/design", "/search" }) List<String> portalPaths,
		@DefaultValue("100") @Min(50) int undoSteps, @DefaultValue("1MB") DataSize maxSize,
		@DefaultValue("3") @Positive int maxDepth, @DefaultValue("9") @Positive int maxSiblings){

	public NavigationProperties {
		languages = List.copyOf(languages);
		roles = List.copyOf(roles);
		portalPaths = List.copyOf(portalPaths);
	}

}
