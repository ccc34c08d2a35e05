package dev.lambdaconfig.cli.validate.report;

import dev.lambdaconfig.cli.manifest.tree.Position;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong, or will be.
 *
 * @param resource the namespace and name of the resource, or null where there is none
 * @param field the path of the field, or "" for all of the resource or file
 * @param reason one word for machines
 * @param message what is wrong and what to write instead, with the path
 */
public record Finding(
    Severity severity,
    String file,
    Position position,
    @Nullable String resource,
    String field,
    String reason,
    String message) {

  /** Whether a finding fails the command. */
  public enum Severity {
    /** The API server or the operator refuses it. */
    ERROR,
    /** It is accepted. */
    WARNING;

    /** The word in reports. */
    String word() {
      return this == ERROR ? "error" : "warning";
    }
  }

  /** Whether it fails the command. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
