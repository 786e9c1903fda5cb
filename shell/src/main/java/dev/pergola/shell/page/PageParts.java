package dev.pergola.shell.page;

import dev.pergola.shell.fragment.FragmentClient;
import dev.pergola.shell.layout.PageRenderer;
import tools.jackson.databind.json.JsonMapper;

/**
 * What draws pages.
 *
 * @param accessContact whom to ask for access when a module names nobody
 */
public record PageParts(PageRenderer renderer, JsonMapper json, FragmentClient fragments, String accessContact) {
}
