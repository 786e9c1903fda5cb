/**
 * The pages of the portal: home, search, the assistant, and those of modules.
 */
@NullMarked
package dev.pergola.shell.page;

import org.jspecify.annotations.NullMarked;
