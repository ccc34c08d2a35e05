package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.decision.ownership.IdentityProofs;
import dev.lambdaconfig.decision.ownership.IdentityProofs.NamedFunction;
import dev.lambdaconfig.decision.ownership.ReadProof;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.FunctionKey;
import dev.lambdaconfig.model.FunctionReference;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * AWS's answers in this process to each identity about each function: that it may be read, or that
 * it is denied or does not exist.
 */
final class ClaimProofs {

  /** A function, and the key of an identity that resources name it by. */
  record Pair(FunctionKey function, String identity) {

    /** The pair to keep: all functions of an identity share its key. */
    private Pair shared() {
      return new Pair(function, identity.intern());
    }
  }

  private final Map<Pair, IdentityProofs> proofs = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  /** The news in an answer for the other resources that name the function. */
  enum News {
    /** The answer repeats the last one, or proves nothing. */
    NONE,
    /** The denial is up to date again, for which resources with an undecided owner wait. */
    DENIED_AGAIN,
    /** The ownership of the function may have changed. */
    CHANGED
  }

  /**
   * Records an answer.
   *
   * @param session the key of the session that called, or empty
   */
  News took(Pair pair, NamedFunction spelling, String session, Answer answer) {
    boolean readable = answer instanceof Answer.Described;
    if (!readable && !isDenial(answer)) {
      return News.NONE;
    }
    String account =
        answer instanceof Answer.Described(var function)
            ? FunctionReference.accountIn(function.arn())
            : null;
    @Nullable ReadProof[] before = new ReadProof[1];
    long number = numbers.incrementAndGet();
    proofs.compute(
        pair.shared(),
        (key, known) -> {
          IdentityProofs all = known == null ? IdentityProofs.NONE : known;
          before[0] = all.of(spelling);
          return all.with(spelling, session, readable, account, number);
        });
    ReadProof last = before[0];
    if (last == null || last.readable() != readable) {
      return News.CHANGED;
    }
    if (!readable) {
      return News.DENIED_AGAIN;
    }
    return Objects.equals(last.account(), account) ? News.NONE : News.CHANGED;
  }

  /**
   * Whether an answer says that the identity has no access to such a function. Credentials that AWS
   * does not accept say nothing about rights.
   */
  private static boolean isDenial(Answer answer) {
    return answer instanceof Answer.Failed(Failure failure)
        && switch (FailureKind.of(failure)) {
          case NOT_FOUND -> true;
          case DENIED -> failure.namesMissingRight();
          case STALE_REVISION,
              BUSY,
              THROTTLED,
              TRANSIENT,
              PROPAGATING_POLICY,
              PROPAGATING_NETWORK,
              PROPAGATING_ID,
              REFUSED ->
              false;
        };
  }

  /** The proof of a function as it is spelled, or null. */
  @Nullable ReadProof of(Pair pair, NamedFunction spelling) {
    return proofs.getOrDefault(pair, IdentityProofs.NONE).of(spelling);
  }

  /** Whether there is an answer about a function that other spellings of it do not need. */
  boolean has(Pair pair, NamedFunction spelling) {
    return proofs.getOrDefault(pair, IdentityProofs.NONE).has(spelling);
  }

  /** The account of a function as it is spelled, or null where it is not known. */
  @Nullable String account(Pair pair, NamedFunction spelling) {
    return proofs.getOrDefault(pair, IdentityProofs.NONE).account(spelling);
  }

  /** The account of an identity, as the answers about a function have shown it; or null. */
  @Nullable String home(Pair pair) {
    return proofs.getOrDefault(pair, IdentityProofs.NONE).home();
  }

  /** Drops what other sessions of the identity were answered. Returns whether there was any. */
  boolean keepSession(Pair pair, String session) {
    return keep(pair, known -> known.ofSession(session));
  }

  /** Drops what no resource needs any more: these are all. */
  void keepFor(Pair pair, Collection<NamedFunction> spellings) {
    var unused = keep(pair, known -> known.of(spellings));
  }

  private boolean keep(Pair pair, UnaryOperator<IdentityProofs> kept) {
    boolean[] changed = new boolean[1];
    proofs.computeIfPresent(
        pair,
        (key, known) -> {
          IdentityProofs next = kept.apply(known);
          changed[0] = next != known;
          return next.isEmpty() ? null : next;
        });
    return changed[0];
  }

  void sizes(StateSizes sizes) {
    sizes.add("ClaimProofs.proofs", proofs.size());
  }
}
