package dev.pergola.registry.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.test.context.ContextConfiguration;

/**
 * Runs a registry over a real PostgreSQL, whose binaries come as an artifact. PostgreSQL
 * refuses to run as root; as root the server is therefore started through
 * {@code unshare -U} (util-linux), which needs user namespaces to be allowed.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ContextConfiguration(initializers = TestRegistry.Postgres.class)
public @interface OnPostgres {

}
