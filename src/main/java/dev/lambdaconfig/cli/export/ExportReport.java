package dev.lambdaconfig.cli.export;

import dev.lambdaconfig.cli.export.manifest.ExportedManifest;
import dev.lambdaconfig.cli.export.output.ManifestOutput.Outcome;
import dev.lambdaconfig.text.Counted;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The messages of an export on the standard error: progress, failures and the result. */
final class ExportReport {

  private static final long BETWEEN_LINES = 2_000_000_000L;
  private static final int NAMES_SHOWN = 20;

  private final PrintWriter err;
  private final LongSupplier nanos;
  private final boolean quiet;
  private final List<String> kept = new ArrayList<>();
  private long last;
  private int written;
  private int unchanged;
  private int skipped;
  private int noted;
  private int failures;
  private boolean hasValues;
  private boolean ended;

  /**
   * Reports to a writer.
   *
   * @param nanos a steady clock
   */
  ExportReport(PrintWriter err, LongSupplier nanos, boolean quiet) {
    this.err = err;
    this.nanos = nanos;
    this.quiet = quiet;
    this.last = nanos.getAsLong();
  }

  int failures() {
    return failures;
  }

  synchronized void wrote(ExportedManifest manifest, Outcome outcome) {
    switch (outcome) {
      case WRITTEN -> written++;
      case UNCHANGED -> unchanged++;
      case KEPT -> kept.add(manifest.name());
    }
    noted += manifest.notes().isEmpty() ? 0 : 1;
    hasValues |= manifest.hasValues() || manifest.secret() != null;
  }

  synchronized void resumed() {
    skipped++;
  }

  synchronized void skipped(String message) {
    skipped++;
    println(message);
  }

  void failed(String message) {
    failures++;
    message.lines().forEach(line -> println("error: " + line));
  }

  /** Counts a failure that the end of the process reports: nothing is written. */
  synchronized void lost() {
    failures++;
    written = 0;
  }

  void warning(String message) {
    println(message);
  }

  /** Prints a line every few seconds. */
  void progress(String message) {
    long now = nanos.getAsLong();
    if (!quiet && now - last >= BETWEEN_LINES) {
      last = now;
      println(message + ", " + written + " written");
    }
  }

  /**
   * Prints what came of the export.
   *
   * @param complete whether the source was read to its end
   * @param resumable whether files were written
   */
  synchronized void summary(boolean complete, boolean resumable) {
    ended = true;
    if (!complete && resumable) {
      println("What follows is missing: run the same command with --resume to go on.");
    }
    if (!kept.isEmpty()) {
      println(
          "%s (--force overwrites %s): %s%s"
              .formatted(
                  Counted.of(
                      kept.size(),
                      "file exists with another content and is kept",
                      "files exist with another content and are kept"),
                  kept.size() == 1 ? "it" : "them",
                  String.join(", ", kept.subList(0, Math.min(NAMES_SHOWN, kept.size()))),
                  kept.size() > NAMES_SHOWN ? ", ..." : ""));
    }
    if (noted > 0) {
      println(
          Counted.of(
                  noted,
                  "manifest begins with comments that say what it does not declare",
                  "manifests begin with comments that say what they do not declare")
              + ", and why");
    }
    if (hasValues) {
      println("The files have values of environment variables: encrypt them before a commit.");
    }
    println(
        "%s: %s written, %d unchanged, %d kept, %d skipped; %s"
            .formatted(
                complete && failures == 0 ? "Done" : "Incomplete",
                Counted.of(written, "manifest"),
                unchanged,
                kept.size(),
                skipped,
                Counted.of(failures, "error")));
  }

  /** Prints how to go on, unless the export has ended by itself. */
  synchronized void interrupted() {
    if (!ended) {
      println(
          "Interrupted: %s, and whole. Run the same command with"
                  .formatted(Counted.of(written, "manifest is written", "manifests are written"))
              + " --resume to go on.");
    }
  }

  private void println(String line) {
    err.println(line);
    err.flush();
  }
}
