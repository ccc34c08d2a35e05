package dev.lambdaconfig.identity.account;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The port to the ServiceAccounts of the API server. Safe for use by many threads. */
public interface ServiceAccounts {

  /**
   * A ServiceAccount.
   *
   * @param uid its UID: another one of the same name has another
   * @param annotations its annotations of {@code eks.amazonaws.com/}
   * @param deleting whether it is being deleted
   */
  record ServiceAccount(
      String namespace,
      String name,
      String uid,
      Map<String, String> annotations,
      boolean deleting) {}

  /** The result of a request. */
  sealed interface Result {}

  /** The ServiceAccount as it is. */
  record Found(ServiceAccount account) implements Result {}

  /** A token. */
  record Minted(WebIdentityToken token) implements Result {}

  /** There is no such ServiceAccount. */
  record Missing() implements Result {}

  /** RBAC does not allow the request. */
  record Forbidden() implements Result {}

  /** The API server refuses the request for another reason. */
  record Rejected(String why) implements Result {}

  /**
   * The API server gave no answer.
   *
   * @param retryAfter the delay that it requested, a minute at most, or null
   */
  record Unanswered(String why, @Nullable Duration retryAfter) implements Result {

    /** The caller's own delay until the next attempt, or the requested one if that is longer. */
    public Duration noSooner(Duration own) {
      return retryAfter != null && retryAfter.compareTo(own) > 0 ? retryAfter : own;
    }
  }

  /** Reads a ServiceAccount. */
  Result read(String namespace, String name);

  /** Requests a token of a ServiceAccount for an audience, which is valid for ten minutes. */
  Result mint(ServiceAccount account, String audience);
}
