package dev.lambdaconfig.controller.gate;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.FunctionReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * AWS's answers in this process about the functions that resources name: that a function exists and
 * in which account, or that it is denied to the resource.
 */
final class ClaimProofs {

  /**
   * The last answer that proves something.
   *
   * @param readable whether the function was described
   * @param account the account in its ARN, or null
   * @param order the sequence number: of readable ones the first such answer in a row, of denied
   *     ones the last
   */
  private record Proof(boolean readable, @Nullable String account, long order) {}

  /**
   * A claim.
   *
   * @param proof the last proof, or null
   * @param undecided whether its resource waits to know if an older one means the same function
   */
  private record Claim(@Nullable Proof proof, boolean undecided) {
    private static final Claim NONE = new Claim(null, false);
  }

  private final Map<String, Claim> claims = new ConcurrentHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong order = new AtomicLong();

  /** The news in an answer for the other resources that name the function. */
  enum News {
    /** The answer repeats the last one. */
    NONE,
    /** The denial is up to date again, for which resources with an undecided owner wait. */
    DENIED_AGAIN,
    /** The ownership of the function may have changed. */
    CHANGED
  }

  /** Records an answer. */
  News took(String uid, Answer answer) {
    long now = order.incrementAndGet();
    return switch (answer) {
      case Answer.Described(var function) -> {
        String account = FunctionReference.accountIn(function.arn());
        Proof before = proof(uid);
        boolean same =
            before != null && before.readable() && Objects.equals(before.account(), account);
        if (!same) {
          proven(uid, new Proof(true, account, now));
        }
        yield same ? News.NONE : News.CHANGED;
      }
      case Answer.Failed(Failure failure) -> {
        FailureKind kind = FailureKind.of(failure);
        boolean denied = kind == FailureKind.NOT_FOUND || kind == FailureKind.DENIED;
        if (!denied) {
          yield News.NONE;
        }
        Proof before = proof(uid);
        proven(uid, new Proof(false, null, now));
        yield before == null || before.readable() ? News.CHANGED : News.DENIED_AGAIN;
      }
    };
  }

  private @Nullable Proof proof(String uid) {
    return claims.getOrDefault(uid, Claim.NONE).proof();
  }

  private void proven(String uid, Proof proof) {
    claims.compute(uid, (key, before) -> new Claim(proof, before != null && before.undecided()));
  }

  /**
   * Records that the resource waits to know the owner of its function. Returns whether that is
   * news.
   */
  boolean undecided(String uid) {
    boolean[] news = {false};
    claims.compute(
        uid,
        (key, before) -> {
          news[0] = before == null || !before.undecided();
          return new Claim(before == null ? null : before.proof(), true);
        });
    if (news[0]) {
      waiting.incrementAndGet();
    }
    return news[0];
  }

  /** Records that the resource does not wait, or no longer. */
  void decided(String uid) {
    claims.computeIfPresent(
        uid,
        (key, before) -> {
          if (before.undecided()) {
            waiting.decrementAndGet();
          }
          return before.proof() == null ? null : new Claim(before.proof(), false);
        });
  }

  /** Whether the resource waits to know the owner of its function. */
  boolean isUndecided(String uid) {
    return claims.getOrDefault(uid, Claim.NONE).undecided();
  }

  /** Whether any resource waits to know the owner of its function. */
  boolean isAnyUndecided() {
    return waiting.get() > 0;
  }

  /** The resources that wait to know the owners of their functions. */
  List<String> undecided() {
    return claims.entrySet().stream()
        .filter(claim -> claim.getValue().undecided())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether the last answer described the function. */
  boolean isReadable(String uid) {
    Proof proof = proof(uid);
    return proof != null && proof.readable();
  }

  /** Whether the last answer was that the function does not exist, or that it may not be read. */
  boolean isDenied(String uid) {
    Proof proof = proof(uid);
    return proof != null && !proof.readable();
  }

  /** Whether a function was denied to one resource while another one could read it. */
  boolean isDeniedSinceReadable(String denied, String readable) {
    Proof one = proof(denied);
    Proof other = proof(readable);
    return one != null
        && other != null
        && !one.readable()
        && other.readable()
        && one.order() > other.order();
  }

  /** The account in AWS's answer, or null. */
  @Nullable String account(String uid) {
    Proof proof = proof(uid);
    return proof == null ? null : proof.account();
  }

  void forget(String uid) {
    decided(uid);
    claims.remove(uid);
  }

  void sizes(StateSizes sizes) {
    sizes.add("ClaimProofs.claims", claims.size());
  }
}
