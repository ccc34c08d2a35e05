package dev.lambdaconfig.cli.export.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of one function.
 *
 * @param name the name of the resource
 * @param text the YAML of the resource
 * @param hasValues whether the text has values of environment variables
 * @param secret the YAML of the Secret that the resource refers to, or null
 * @param notes what is not declared, and why
 */
public record ExportedManifest(
    String name, String text, boolean hasValues, @Nullable String secret, List<String> notes) {

  /** Creates it with a copy of the notes. */
  public ExportedManifest {
    notes = List.copyOf(notes);
  }

  /** Names the resource only: the texts can have values of environment variables. */
  @Override
  public String toString() {
    return "ExportedManifest[" + name + "]";
  }
}
