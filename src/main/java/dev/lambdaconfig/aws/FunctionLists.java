package dev.lambdaconfig.aws;

import dev.lambdaconfig.model.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the functions of an account. Safe for use by many threads. */
public interface FunctionLists {

  /**
   * One {@code ListFunctions}: at most 50 functions of the caller's account.
   *
   * @param region the AWS Region to call
   * @param marker where the page starts, as the page before it said; null for the first
   */
  Listed list(String region, @Nullable String marker);

  /** What came of it. */
  sealed interface Listed {}

  /**
   * A page.
   *
   * @param nextMarker where the next page starts, or null after the last one
   */
  record Page(List<ListedFunction> functions, @Nullable String nextMarker) implements Listed {}

  /** AWS refused, or could not be asked. */
  record Failed(Failure failure) implements Listed {}

  /**
   * A function as the list has it: without State and LastUpdateStatus, so that nothing can be
   * planned from it.
   *
   * @param account the account in its ARN, or null where there is none
   * @param revisionId its RevisionId, or null on endpoints that have none
   * @param settings a hash of all that the list says of it but the revision
   */
  record ListedFunction(
      String name, @Nullable String account, @Nullable String revisionId, int settings) {}
}
