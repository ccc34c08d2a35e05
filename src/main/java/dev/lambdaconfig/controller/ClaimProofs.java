package dev.lambdaconfig.controller;

import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.FunctionReference;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What AWS has shown in this process of the functions that resources name: that a function is there
 * and in which account, or that it is denied to the resource.
 */
final class ClaimProofs {

  /**
   * The last answer that proves something.
   *
   * @param readable whether the function was described
   * @param account the account in its ARN, or null
   * @param order when: of readable ones the first such answer in a row, of denied ones the last
   */
  private record Proof(boolean readable, @Nullable String account, long order) {}

  private final Map<String, Proof> proofs = new ConcurrentHashMap<>();
  private final AtomicLong order = new AtomicLong();

  /** What an answer changes for those who name the same function. */
  enum News {
    /** Nothing: it says what the last one said. */
    NONE,
    /** The denial is up to date again, for which those wait that do not know who the owner is. */
    DENIED_AGAIN,
    /** The ownership of the function may have changed by it. */
    CHANGED
  }

  /** Takes an answer over. */
  News took(String uid, Answer answer) {
    long now = order.incrementAndGet();
    return switch (answer) {
      case Answer.Described(var function) -> {
        String account = FunctionReference.accountIn(function.arn());
        Proof before = proofs.get(uid);
        boolean same =
            before != null && before.readable() && Objects.equals(before.account(), account);
        if (!same) {
          proofs.put(uid, new Proof(true, account, now));
        }
        yield same ? News.NONE : News.CHANGED;
      }
      case Answer.Failed(Failure failure) -> {
        FailureKind kind = FailureKind.of(failure);
        boolean denied = kind == FailureKind.NOT_FOUND || kind == FailureKind.DENIED;
        if (!denied) {
          yield News.NONE;
        }
        Proof before = proofs.put(uid, new Proof(false, null, now));
        yield before == null || before.readable() ? News.CHANGED : News.DENIED_AGAIN;
      }
    };
  }

  /** Whether the last answer described the function. */
  boolean isReadable(String uid) {
    Proof proof = proofs.get(uid);
    return proof != null && proof.readable();
  }

  /** Whether the last answer was that there is no such function, or that it may not be read. */
  boolean isDenied(String uid) {
    Proof proof = proofs.get(uid);
    return proof != null && !proof.readable();
  }

  /** Whether a function was denied to one resource while another one could read it. */
  boolean isDeniedSinceReadable(String denied, String readable) {
    Proof one = proofs.get(denied);
    Proof other = proofs.get(readable);
    return one != null
        && other != null
        && !one.readable()
        && other.readable()
        && one.order() > other.order();
  }

  /** The account that AWS answered with, or null. */
  @Nullable String account(String uid) {
    Proof proof = proofs.get(uid);
    return proof == null ? null : proof.account();
  }

  void forget(String uid) {
    proofs.remove(uid);
  }
}
