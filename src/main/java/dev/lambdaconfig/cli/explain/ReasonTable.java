package dev.lambdaconfig.cli.explain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** All reasons of this operator, and what holds for those that are AWS's own codes. */
public final class ReasonTable {

  private static final String FILE = "reasons.tsv";

  private static final String REQUEST =
      "Correct what the message names. After a change at AWS that the manifest does not show,"
          + " request a reconcile";

  private final List<Reason> reasons;

  private ReasonTable(List<Reason> reasons) {
    this.reasons = reasons;
  }

  /** Reads the table from the file beside this class. */
  public static ReasonTable read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(ReasonTable.class.getResourceAsStream(FILE)),
                StandardCharsets.UTF_8))) {
      return new ReasonTable(
          lines
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split("\t", -1))
              .map(cells -> new Reason(cells[0], cells[1], cells[2], cells[3], cells[4]))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns all reasons of this operator, in the order of the file. */
  public List<Reason> all() {
    return reasons;
  }

  /**
   * Returns a reason for a terminal. One that is not listed is AWS's own code.
   *
   * @param name such as {@code InvalidSpec} or {@code AccessDeniedException}
   * @param stalled whether the condition {@code Stalled} has it
   */
  Reason find(String name, boolean stalled) {
    return reasons.stream()
        .filter(reason -> reason.name().equals(name))
        .findFirst()
        .map(Reason::plain)
        .orElseGet(() -> ofAws(name, stalled));
  }

  private static Reason ofAws(String code, boolean stalled) {
    if (!stalled) {
      return new Reason(
          code, "Reconciling", "AWS answered with this code.", "Nothing.", "by itself");
    }
    return code.startsWith("AccessDenied")
        ? new Reason(
            code,
            "Stalled",
            "AWS denies the call to the role that the operator uses for this resource.",
            "Allow the action that the message names in the policy of that role; then request a"
                + " reconcile",
            "denied")
        : new Reason(
            code, "Stalled", "AWS refuses the call, or the update failed.", REQUEST, "refused");
  }
}
