package dev.lambdaconfig.cli.export.estate;

import dev.lambdaconfig.aws.read.FunctionTags;
import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.cli.export.source.FunctionReceiver;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The selection of functions by their tags, with one {@code ListTags} for each: it needs a single
 * right, which can be granted on some functions only. The answers of {@code GetFunction} have tags
 * too, and a link to the code.
 */
public final class TagFilter {

  private final FunctionTags port;
  private final QuotaCalls calls;
  private final Map<String, String> wanted;

  /**
   * Asks for nothing yet.
   *
   * @param wanted the tags that a function must have; none selects all functions without a call
   */
  public TagFilter(FunctionTags port, QuotaCalls calls, Map<String, String> wanted) {
    this.port = port;
    this.calls = calls;
    this.wanted = wanted;
  }

  /** Whether a function has the tags; a failure to find out is reported. */
  boolean selects(String region, ObservedFunction function, FunctionReceiver receiver)
      throws ExportException {
    if (wanted.isEmpty()) {
      return true;
    }
    String name = Objects.requireNonNullElse(function.name(), "");
    Target target =
        new Target(region, Objects.requireNonNullElse(function.arn(), name), null, "export");
    return switch (calls.call(region, () -> port.tags(target), TagFilter::failure)) {
      case FunctionTags.Tags tags -> tags.tags().entrySet().containsAll(wanted.entrySet());
      case FunctionTags.Untold(Failure failure) -> {
        if (FailureKind.of(failure) == FailureKind.NOT_FOUND) {
          receiver.leftOut(region + "/" + name + " was deleted meanwhile");
        } else if (FailureKind.of(failure) == FailureKind.DENIED) {
          receiver.failed(
              "%s/%s: its tags cannot be read (%s): grant lambda:ListTags, or leave out --tag"
                  .formatted(region, name, AwsFailures.text(failure)));
        } else {
          receiver.failed(
              "%s/%s: its tags cannot be read (%s)"
                  .formatted(region, name, AwsFailures.text(failure)));
        }
        yield false;
      }
    };
  }

  private static @Nullable Failure failure(FunctionTags.Tagging tagging) {
    return tagging instanceof FunctionTags.Untold(Failure failure) ? failure : null;
  }
}
