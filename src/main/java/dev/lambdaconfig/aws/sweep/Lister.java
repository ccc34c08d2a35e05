package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.sweep.watched.ListedAccount;
import dev.lambdaconfig.aws.sweep.watched.ListedAccount.Candidate;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.identity.IdentityResolution;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.QuotaScope;
import dev.lambdaconfig.model.identity.Identity;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The choice of the identity that lists an account: the operator's own for its own account; for
 * another one an identity that resources use there, and that stays chosen for as long as it can
 * list. Used by one thread at a time but for {@link #isRefused}.
 */
final class Lister {

  private static final Logger LOG = LoggerFactory.getLogger(Lister.class);

  /** The choice of the identity that lists the next page. */
  sealed interface Choice {

    /**
     * An identity.
     *
     * @param identity the identity, or null for the operator's own
     */
    record By(@Nullable Identity identity) implements Choice {}

    /** An identity that is not at hand yet. */
    record Later(Duration delay) implements Choice {}

    /** Nobody, for now. */
    record Nobody() implements Choice {}
  }

  /**
   * A refused list.
   *
   * @param uid the UID of a resource that uses the identity
   */
  private record Refusal(Failure why, String uid) {}

  /** The time after which a refused list is tried again, because rights are granted unannounced. */
  private static final Duration AFTER_REFUSAL = Duration.ofHours(1);

  /**
   * The times after which a list that fails, though AWS does not deny it, is tried again: ten
   * intervals within these bounds.
   */
  private static final Duration SHORTEST_AFTER_FAILURES = Duration.ofSeconds(10);

  private static final Duration AFTER_FAILURES = Duration.ofMinutes(10);

  /** The time after which an identity without session is tried again. */
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

  /** The time for which a session is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration SOON = Duration.ofMillis(500);

  /** The identities that are tried before an interval without list. */
  private static final int MOST_TRIES = 3;

  /** The identities that are known not to list: more are not tried before one of them is again. */
  private static final int MOST_EXCLUDED = 256;

  private final ListedAccount listed;
  private final FleetSweeper.Identities identities;
  private final Duration interval;
  private final LongSupplier nanos;

  /** The sessions that cannot list, each with the end of the time for which. */
  private final Map<String, Long> excludedUntil = new ConcurrentHashMap<>();

  private @Nullable Candidate chosen;
  private @Nullable Long awaitedSince;
  private @Nullable Refusal refusal;
  private int tries;
  private long triesBegan;
  private volatile boolean refused;

  /**
   * Creates a choice that nobody has been asked for.
   *
   * @param interval the time in which a few identities are asked at most
   * @param nanos a steady clock, in nanoseconds
   */
  Lister(
      ListedAccount listed,
      FleetSweeper.Identities identities,
      Duration interval,
      LongSupplier nanos) {
    this.listed = listed;
    this.identities = identities;
    this.interval = interval;
    this.nanos = nanos;
  }

  /** The functions that are listed. */
  ListedAccount listed() {
    return listed;
  }

  /** Whether AWS has refused the list to all who could be asked, and has not granted it since. */
  boolean isRefused() {
    return refused;
  }

  /** Whether there is somebody to ask, of whom only a few are asked in an interval. */
  boolean mayList() {
    long now = nanos.getAsLong();
    excludedUntil.values().removeIf(until -> now - until >= 0);
    Candidate current = chosen;
    if (current != null
        && listed.isInUse(current)
        && !excludedUntil.containsKey(current.session())) {
      return true;
    }
    if (now - triesBegan >= interval.toNanos()) {
      tries = 0;
    }
    if (tries >= MOST_TRIES) {
      return false;
    }
    awaitedSince = null;
    chosen =
        excludedUntil.size() >= MOST_EXCLUDED ? null : listed.candidate(excludedUntil.keySet());
    return chosen != null;
  }

  /** Chooses who makes the next call. */
  Choice next() {
    while (mayList()) {
      Candidate candidate = chosen;
      Choice choice = candidate == null ? null : choice(candidate);
      if (choice != null) {
        return choice;
      }
      exclude(AFTER_FAILURE);
    }
    return new Choice.Nobody();
  }

  private @Nullable Choice choice(Candidate candidate) {
    if (listed.isOwn()) {
      return new Choice.By(null);
    }
    return switch (identities.of(candidate.uid())) {
      case IdentityResolution.Usable(Identity identity)
          when identity.session().equals(candidate.session()) -> {
        awaitedSince = null;
        yield new Choice.By(identity);
      }
      case IdentityResolution.Pending(Duration delay) -> awaited(delay);
      case null, default -> null;
    };
  }

  private @Nullable Choice awaited(Duration delay) {
    long now = nanos.getAsLong();
    Long since = awaitedSince;
    if (since == null) {
      awaitedSince = now;
    } else if (now - since >= PATIENCE.toNanos()) {
      return null;
    }
    return new Choice.Later(delay.compareTo(SOON) < 0 ? delay : SOON);
  }

  /** Records that the chosen identity can list. */
  void answered() {
    tries = 0;
    refusal = null;
    refused = false;
  }

  /** Records that the chosen identity is refused the list: another one is chosen. */
  void refused(Failure why) {
    Candidate candidate = chosen;
    if (candidate != null) {
      refusal = new Refusal(why, candidate.uid());
    }
    FailureKind kind = FailureKind.of(why);
    if (kind == FailureKind.DENIED && !why.namesMissingRight()) {
      // Credentials that AWS refuses are followed by others, and say nothing about rights.
      exclude(AFTER_FAILURE);
    } else {
      boolean lasting = kind != FailureKind.REFUSED || why.lacksOperation();
      exclude(lasting ? AFTER_REFUSAL : afterFailures());
    }
  }

  /**
   * Records that the chosen identity gets no page, though AWS does not deny it: another one is
   * chosen.
   *
   * @param news whether it was listed until now
   */
  void failed(Failure why, boolean news) {
    if (FailureKind.of(why) == FailureKind.REFUSED) {
      refused(why);
      return;
    }
    if (news) {
      QuotaScope scope = listed.scope();
      LoggingEventBuilder warning =
          LOG.atWarn()
              .addKeyValue("region", scope.region())
              .addKeyValue("account", Objects.requireNonNullElse(scope.account(), "own"))
              .addKeyValue("code", why.code())
              .addKeyValue("triedAgainAfter", afterFailures());
      // The operator's own words, which repeat nothing of an answer.
      (why.code().equals(Failure.CLIENT_ERROR)
              ? warning.addKeyValue("reason", why.message())
              : warning)
          .log(
              "ListFunctions fails again and again, so each function is read, or another identity"
                  + " lists");
    }
    exclude(afterFailures());
  }

  private Duration afterFailures() {
    Duration few = interval.compareTo(AFTER_FAILURES) < 0 ? interval.multipliedBy(10) : interval;
    Duration bounded = few.compareTo(AFTER_FAILURES) < 0 ? few : AFTER_FAILURES;
    return bounded.compareTo(SHORTEST_AFTER_FAILURES) > 0 ? bounded : SHORTEST_AFTER_FAILURES;
  }

  private void exclude(Duration time) {
    long now = nanos.getAsLong();
    triesBegan = tries == 0 ? now : triesBegan;
    tries++;
    Candidate candidate = chosen;
    chosen = null;
    if (candidate != null) {
      excludedUntil.put(candidate.session(), now + time.toNanos());
    }
  }

  /** Reports the last refusal, if nobody is left to ask and that was not yet reported. */
  void report(SweepListener listener) {
    Refusal last = refusal;
    if (last == null || refused || listed.candidate(excludedUntil.keySet()) != null) {
      return;
    }
    refused = true;
    QuotaScope scope = listed.scope();
    Failure why = last.why();
    LOG.atWarn()
        .addKeyValue("region", scope.region())
        .addKeyValue("account", Objects.requireNonNullElse(scope.account(), "own"))
        .addKeyValue("code", why.code())
        .log(
            "ListFunctions cannot be called, so each function is read: grant"
                + " lambda:ListFunctions");
    // AWS's message names the identity, which is no news to those who use it.
    Stream.concat(Stream.of(last.uid()), listed.listable().stream())
        .filter(uid -> !uid.isEmpty())
        .findFirst()
        .ifPresent(uid -> listener.listingRefused(scope.region(), why, uid));
  }

  void sizes(StateSizes sizes) {
    sizes.add("Lister.excludedUntil", excludedUntil.size());
  }
}
