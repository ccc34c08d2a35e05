package dev.lambdaconfig.aws;

import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.identity.Identity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The list of the functions of an account. Safe for use by many threads. */
public interface FunctionLists {

  /**
   * One {@code ListFunctions}: at most 50 functions of the caller's account
   * (docs/aws.md#list-page).
   *
   * @param region the AWS Region to call
   * @param identity the identity of the call, or null for the operator's own
   * @param marker the start of the page, as the page before it said; null for the first
   */
  Listed list(String region, @Nullable Identity identity, @Nullable String marker);

  /** The result of listing. */
  sealed interface Listed {}

  /**
   * A page.
   *
   * @param nextMarker the start of the next page, or null after the last one
   * @param ignored the entries that describe no function
   */
  record Page(List<ListedFunction> functions, @Nullable String nextMarker, int ignored)
      implements Listed {

    /** A page of entries that all describe functions. */
    public Page(List<ListedFunction> functions, @Nullable String nextMarker) {
      this(functions, nextMarker, 0);
    }

    /** The account of the functions, where the ARN of one names it. */
    public Optional<String> account() {
      return functions.stream().flatMap(each -> Stream.ofNullable(each.account())).findFirst();
    }
  }

  /** AWS refused the call, or could not be reached. */
  record Failed(Failure failure) implements Listed {}

  /**
   * A function as the list has it: without State and LastUpdateStatus, so that nothing can be
   * planned from it (docs/aws.md#list-members).
   *
   * @param account the account in its ARN, or null where there is none
   * @param revisionId the RevisionId, or null on endpoints that have none
   * @param settings a hash of all members of the entry but the revision
   */
  record ListedFunction(
      String name, @Nullable String account, @Nullable String revisionId, int settings) {}
}
