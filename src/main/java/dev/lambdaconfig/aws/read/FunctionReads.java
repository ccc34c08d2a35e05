package dev.lambdaconfig.aws.read;

import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The port to Lambda functions of whoever only reads them. Safe for use by many threads. */
public interface FunctionReads {

  /** One {@code GetFunctionConfiguration}, of the quota that all tools share: docs/aws.md#quota. */
  Answer read(Target target);

  /**
   * One {@code GetFunction}, which has a quota and needs a right of its own
   * (docs/aws.md#get-function).
   */
  Answer readFunction(Target target);

  /**
   * One {@code ListFunctions}: at most 50 functions of the caller's account
   * (docs/aws.md#list-page).
   *
   * @param marker the start of the page, as the page before it said; null for the first
   */
  Page page(String region, @Nullable String marker);

  /** The result of listing. */
  sealed interface Page {}

  /**
   * A page of functions, which lack State and LastUpdateStatus (docs/aws.md#list-members).
   *
   * @param nextMarker the start of the next page, or null after the last one
   */
  record Listed(List<ObservedFunction> functions, @Nullable String nextMarker) implements Page {
    public Listed {
      functions = List.copyOf(functions);
    }
  }

  /** AWS refused the call, or could not be reached. */
  record Refused(Failure failure) implements Page {}
}
