package dev.lambdaconfig.cli.export.estate;

import dev.lambdaconfig.aws.read.FunctionReads;
import dev.lambdaconfig.cli.export.manifest.FieldSelection;
import dev.lambdaconfig.cli.export.manifest.ObservedSettings;
import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.cli.export.source.FunctionReceiver;
import dev.lambdaconfig.cli.export.source.FunctionSource;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.text.Counted;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The functions of an account that a selection has, by listing each of its Regions. */
public final class FunctionListSource implements FunctionSource {

  private static final int MOST_RUNTIMES = 20;

  private final FunctionReads reads;
  private final QuotaCalls calls;
  private final TagFilter tags;
  private final Selection selection;
  private final FieldSelection fields;

  /** The runtimes of the functions that were listed, of which the selection had none so far. */
  private final SortedSet<String> runtimes = new TreeSet<>();

  private int listed;
  private int selected;

  /** Lists nothing yet. */
  public FunctionListSource(
      FunctionReads reads,
      QuotaCalls calls,
      TagFilter tags,
      Selection selection,
      FieldSelection fields) {
    this.reads = reads;
    this.calls = calls;
    this.tags = tags;
    this.selection = selection;
    this.fields = fields;
  }

  @Override
  public boolean isOfSeveralRegions() {
    return selection.isOfSeveralRegions();
  }

  @Override
  public void read(FunctionReceiver receiver) throws ExportException {
    for (String region : selection.regions()) {
      list(region, receiver);
    }
    if (selected == 0 && listed > 0) {
      receiver.leftOut(
          "no function is selected by --prefix and --runtime: %s listed, %s"
              .formatted(
                  Counted.of(listed, "function is", "functions are"),
                  runtimes.isEmpty()
                      ? "without runtimes"
                      : "of the runtimes " + String.join(", ", runtimes)));
    }
  }

  private void list(String region, FunctionReceiver receiver) throws ExportException {
    // Functions that come and go while pages are read can be on two of them.
    Set<String> seen = new HashSet<>();
    String marker = null;
    do {
      String from = marker;
      FunctionReads.Page page =
          calls.call(region, () -> reads.page(region, from), FunctionListSource::failure);
      switch (page) {
        case FunctionReads.Refused(Failure failure) -> {
          refused(region, failure, receiver);
          return;
        }
        case FunctionReads.Listed listed -> {
          for (ObservedFunction function : listed.functions()) {
            if (seen.add(Objects.requireNonNullElse(function.name(), ""))) {
              take(region, function, receiver);
            }
          }
          receiver.progress(region + ": " + Counted.of(seen.size(), "function") + " listed");
          marker = listed.nextMarker();
          if (marker != null && marker.equals(from)) {
            receiver.failed(
                region + ": not all functions were listed: a page names itself as the next one");
            return;
          }
        }
      }
    } while (marker != null);
  }

  private static @Nullable Failure failure(FunctionReads.Page page) {
    return page instanceof FunctionReads.Refused(Failure failure) ? failure : null;
  }

  private void take(String region, ObservedFunction function, FunctionReceiver receiver)
      throws ExportException {
    String other = selection.otherAccount(function);
    if (other != null) {
      throw new ExportException(
          "--account is %s, and the functions are of account %s: use credentials of the other account"
              .formatted(selection.account(), other));
    }
    String name = function.name();
    boolean isSelected = selection.selects(function);
    count(function, isSelected);
    if (name != null
        && isSelected
        && receiver.needs(name, region)
        && tags.selects(region, function, receiver)) {
      receiver.received(ObservedSettings.of(function, name, region, fields), function);
    }
  }

  private void count(ObservedFunction function, boolean isSelected) {
    listed++;
    selected += isSelected ? 1 : 0;
    String runtime = function.configuration().textAt("Runtime");
    if (runtime != null && runtimes.size() < MOST_RUNTIMES) {
      runtimes.add(runtime);
    }
  }

  /** Reports a Region that cannot be listed, and goes on with the others where that makes sense. */
  private static void refused(String region, Failure failure, FunctionReceiver receiver)
      throws ExportException {
    String text = AwsFailures.text(failure);
    if (failure.code().equals(Failure.CREDENTIALS_UNAVAILABLE)) {
      throw new ExportException(text);
    }
    receiver.failed(
        FailureKind.of(failure) == FailureKind.DENIED
            ? "%s: the functions cannot be listed (%s): grant lambda:ListFunctions, or name the"
                    .formatted(region, text)
                + " functions in a file: --from-file FILE"
            : "%s: not all functions could be listed (%s)".formatted(region, text));
  }
}
