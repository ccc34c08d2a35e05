package dev.lambdaconfig.cli.export;

import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.aws.sdk.SdkRegions;
import dev.lambdaconfig.cli.export.manifest.DeclaredFunction;
import dev.lambdaconfig.cli.export.manifest.ExportedManifest;
import dev.lambdaconfig.cli.export.manifest.ManifestFactory;
import dev.lambdaconfig.cli.export.manifest.ResourceNames;
import dev.lambdaconfig.cli.export.output.ManifestOutput;
import dev.lambdaconfig.cli.export.output.OutputException;
import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.cli.export.source.FunctionReceiver;
import dev.lambdaconfig.cli.export.source.FunctionSource;
import dev.lambdaconfig.model.ObservedFunction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** One export: each function of a source becomes a manifest of the output. */
final class ExportRun implements FunctionReceiver {

  /** The exit code where all is written. */
  static final int DONE = 0;

  /** The exit code where something is missing. */
  static final int INCOMPLETE = 1;

  private final ManifestFactory factory;
  private final ManifestOutput output;
  private final ExportReport report;

  /** Held while files are written. */
  private final Semaphore writing = new Semaphore(1);

  /** The functions by the names of their resources. */
  private final Map<String, String> functions = new HashMap<>();

  private final KnownRegions regions = new KnownRegions(Set.of(), SdkRegions::all, null);

  /** The Regions that this version does not know, and that were reported. */
  private final Set<String> unknownRegions = new HashSet<>();

  /** Whether a file could not be written: what comes after it would not fit either. */
  private boolean stopped;

  ExportRun(ManifestFactory factory, ManifestOutput output, ExportReport report) {
    this.factory = factory;
    this.output = output;
    this.report = report;
  }

  /** Exports all functions of a source, and returns the exit code. */
  int of(FunctionSource source) {
    boolean ended = false;
    try {
      source.read(this);
      ended = true;
    } catch (ExportException e) {
      report.failed(Objects.requireNonNull(e.getMessage()));
    }
    writing.acquireUninterruptibly();
    try {
      if (!stopped) {
        finish();
      }
    } finally {
      writing.release();
    }
    report.summary(ended, output.isResumable());
    return report.failures() == 0 ? DONE : INCOMPLETE;
  }

  private void finish() {
    try {
      String message = output.finish();
      if (!message.isEmpty()) {
        report.warning(message);
      }
    } catch (OutputException e) {
      report.failed(Objects.requireNonNull(e.getMessage()));
    }
    if (output.isLost()) {
      report.lost();
    }
  }

  /**
   * Ends the export at the end of the process: waits for the files under way, and lets no other one
   * be begun.
   */
  void interrupt() {
    writing.acquireUninterruptibly();
    report.interrupted();
  }

  @Override
  public boolean needs(String name, String region) {
    if (output.has(ResourceNames.of(name, factory.namesRegion() ? region : null))) {
      report.resumed();
      return false;
    }
    return true;
  }

  @Override
  public void received(DeclaredFunction declared, @Nullable ObservedFunction function)
      throws ExportException {
    String region = declared.region();
    if (region != null && !regions.knows(region) && unknownRegions.add(region)) {
      report.warning(regions.advice(region) + ", and to that of validate");
    }
    ExportedManifest manifest = factory.of(declared, function);
    writing.acquireUninterruptibly();
    try {
      write(declared, manifest, function != null);
    } finally {
      writing.release();
    }
  }

  private void write(DeclaredFunction declared, ExportedManifest manifest, boolean isListed)
      throws ExportException {
    String name =
        (declared.region() == null ? "" : declared.region() + "/") + declared.functionName();
    String other = functions.putIfAbsent(manifest.name(), name);
    if (other != null) {
      // A list of AWS that changes while it is read can repeat a function.
      if (!isListed || !other.equals(name)) {
        report.failed(
            "%s and %s make resources of the same name, %s, and only the first is written: export them to separate directories"
                .formatted(other, name, manifest.name()));
      }
      return;
    }
    try {
      report.wrote(manifest, output.write(manifest));
    } catch (OutputException e) {
      stopped = true;
      throw new ExportException(Objects.requireNonNull(e.getMessage()), e);
    }
  }

  @Override
  public void skipped(String message) {
    report.skipped(message);
  }

  @Override
  public void leftOut(String message) {
    report.warning(message);
  }

  @Override
  public void failed(String message) {
    report.failed(message);
  }

  @Override
  public void progress(String message) {
    report.progress(message);
  }
}
