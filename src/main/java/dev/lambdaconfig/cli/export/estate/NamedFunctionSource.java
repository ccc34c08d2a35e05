package dev.lambdaconfig.cli.export.estate;

import dev.lambdaconfig.aws.read.FunctionReads;
import dev.lambdaconfig.cli.export.manifest.FieldSelection;
import dev.lambdaconfig.cli.export.manifest.ObservedSettings;
import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.cli.export.source.FunctionReceiver;
import dev.lambdaconfig.cli.export.source.FunctionSource;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.text.Counted;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Functions that are named one by one, with one {@code GetFunctionConfiguration} for each: it needs
 * no right to list.
 */
public final class NamedFunctionSource implements FunctionSource {

  private final List<FunctionReference> functions;
  private final FunctionReads reads;
  private final QuotaCalls calls;
  private final TagFilter tags;
  private final Selection selection;
  private final FieldSelection fields;

  /** The functions that were read: a list can name one both by its name and by its ARN. */
  private final Set<String> arns = new HashSet<>();

  /** Reads nothing yet. Functions without a Region are read in each Region of the selection. */
  public NamedFunctionSource(
      List<FunctionReference> functions,
      FunctionReads reads,
      QuotaCalls calls,
      TagFilter tags,
      Selection selection,
      FieldSelection fields) {
    this.functions = functions;
    this.reads = reads;
    this.calls = calls;
    this.tags = tags;
    this.selection = selection;
    this.fields = fields;
  }

  /** Also if only the ARNs of the list are: the same name can be in each Region. */
  @Override
  public boolean isOfSeveralRegions() {
    return selection.isOfSeveralRegions()
        || functions.stream().flatMap(function -> regions(function).stream()).distinct().count()
            > 1;
  }

  private List<String> regions(FunctionReference function) {
    String own = function.region();
    return own == null ? selection.regions() : List.of(own);
  }

  @Override
  public void read(FunctionReceiver receiver) throws ExportException {
    int done = 0;
    for (FunctionReference function : functions) {
      for (String region : regions(function)) {
        if (receiver.needs(function.name(), region)) {
          read(function, region, receiver);
        }
      }
      done++;
      receiver.progress("%d of %s read".formatted(done, Counted.of(functions.size(), "function")));
    }
  }

  private void read(FunctionReference reference, String region, FunctionReceiver receiver)
      throws ExportException {
    Target target = new Target(region, reference.functionName(), null, "export");
    switch (calls.call(region, () -> reads.read(target), NamedFunctionSource::failure)) {
      case Answer.Failed(Failure failure) -> failed(reference, region, failure, receiver);
      case Answer.Described(ObservedFunction function) -> {
        String other = selection.otherAccount(function);
        if (other != null) {
          receiver.failed(
              "%s/%s is of account %s, and --account is %s"
                  .formatted(region, reference.name(), other, selection.account()));
        } else if (isFirst(function)
            && selection.selects(function)
            && tags.selects(region, function, receiver)) {
          receiver.received(
              ObservedSettings.of(function, reference.functionName(), region, fields), function);
        }
      }
    }
  }

  private boolean isFirst(ObservedFunction function) {
    String arn = function.arn();
    return arn == null || arns.add(arn);
  }

  private static @Nullable Failure failure(Answer answer) {
    return answer instanceof Answer.Failed(Failure failure) ? failure : null;
  }

  private static void failed(
      FunctionReference reference, String region, Failure failure, FunctionReceiver receiver)
      throws ExportException {
    String text = AwsFailures.text(failure);
    if (failure.code().equals(Failure.CREDENTIALS_UNAVAILABLE)) {
      throw new ExportException(text);
    }
    String name = region + "/" + reference.name();
    receiver.failed(
        switch (FailureKind.of(failure)) {
          case NOT_FOUND -> name + " does not exist";
          case DENIED ->
              "%s cannot be read (%s): grant lambda:GetFunctionConfiguration".formatted(name, text);
          default -> "%s cannot be read (%s)".formatted(name, text);
        });
  }
}
