package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.ownership.ClaimProofs.Pair;
import dev.lambdaconfig.controller.ownership.Kin.Namesake;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.decision.ownership.IdentityProofs.NamedFunction;
import dev.lambdaconfig.model.FunctionKey;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The contests for functions that more than one resource names. Each is made from the cache when it
 * is first asked for, and follows the events from then on: whatever an event says, the cache shows
 * the resource as it is. Thread-safe.
 */
final class Contests {

  /**
   * A contest.
   *
   * @param basis what it was made by: with another one, it is made anew
   */
  private record Known(Contest contest, Claimants.Basis basis) {}

  private final Claimants claimants;
  private final ClaimWaits waits;
  private final Comparator<Namesake> byAge;

  /** Those of one resource are not kept: nearly all are, and the cache finds it as fast. */
  private final Map<FunctionKey, Known> contests = new ConcurrentHashMap<>();

  Contests(Claimants claimants, ClaimWaits waits, Comparator<Namesake> byAge) {
    this.claimants = claimants;
    this.waits = waits;
    this.byAge = byAge;
  }

  /** Drops all contests: each is made from the cache again. */
  void clear() {
    contests.clear();
  }

  /**
   * Whether another resource may name a function. Nearly always there is none, and this costs less
   * than to make the contest of one.
   */
  boolean isContested(FunctionKey function, String uid) {
    return contests.containsKey(function) || claimants.isNamedBeside(function, uid);
  }

  /** Asks a contest, which no other thread changes meanwhile. The question asks no other one. */
  <T> T ask(FunctionKey function, Function<Contest, T> question) {
    AtomicReference<@Nullable T> answer = new AtomicReference<>();
    contests.compute(
        function,
        (key, before) -> {
          Known known = current(function, before);
          answer.set(question.apply(known.contest()));
          return kept(known);
        });
    return Objects.requireNonNull(answer.get());
  }

  private static @Nullable Known kept(Known known) {
    return known.contest().size() > 1 ? known : null;
  }

  private Known current(FunctionKey function, @Nullable Known before) {
    Claimants.Basis basis = claimants.basis();
    if (before != null && before.basis().equals(basis)) {
      return before;
    }
    Contest contest = new Contest(byAge);
    for (LambdaFunctionConfig resource : claimants.naming(function)) {
      put(contest, resource, claimants.pair(resource, function));
      String uid = resource.getMetadata().getUid();
      if (waits.isWaiting(uid)) {
        contest.waits(uid);
      }
    }
    return new Known(contest, basis);
  }

  private void put(Contest contest, LambdaFunctionConfig resource, Pair pair) {
    contest.put(
        member(resource, contest.kin(key(resource, pair))), kin -> know(kin, pair.function()));
  }

  private Namesake member(LambdaFunctionConfig resource, Kin kin) {
    return new Namesake(
        ResourceID.fromResource(resource),
        resource.getMetadata().getUid(),
        resource.getMetadata().getCreationTimestamp(),
        claimants.part(resource),
        kin);
  }

  private Kin.Key key(LambdaFunctionConfig resource, Pair pair) {
    String named = claimants.spelling(resource, pair, null).named();
    return new Kin.Key(pair.identity(), Objects.requireNonNullElse(named, ""));
  }

  private void know(Kin kin, FunctionKey function) {
    Pair pair = new Pair(function, kin.key().identity());
    NamedFunction spelling = spelling(kin);
    kin.know(claimants.proofs().account(pair, spelling), claimants.proofs().of(pair, spelling));
  }

  private NamedFunction spelling(Kin kin) {
    String named = kin.key().named();
    return claimants.spelling(kin.key().identity(), named.isEmpty() ? null : named, null);
  }

  /** Follows a change of a resource, or that it is gone, where a contest is known. */
  void follow(FunctionKey function, ResourceID id, String uid) {
    contests.computeIfPresent(
        function,
        (key, before) -> {
          Known known = current(function, before);
          follow(known.contest(), function, id, uid);
          return kept(known);
        });
  }

  private void follow(Contest contest, FunctionKey function, ResourceID id, String uid) {
    LambdaFunctionConfig now = claimants.find(id, uid);
    Pair pair = now == null ? null : claimants.pair(now);
    if (now == null || pair == null || !pair.function().equals(function)) {
      contest.remove(uid);
    } else {
      put(contest, now, pair);
    }
  }

  /** The resource of a member, or null if it is another one by now; that is followed then. */
  @Nullable LambdaFunctionConfig resource(FunctionKey function, Namesake member) {
    LambdaFunctionConfig now = claimants.find(member.id(), member.uid());
    Pair pair = now == null ? null : claimants.pair(now);
    if (now != null
        && pair != null
        && pair.function().equals(function)
        && key(now, pair).equals(member.kin().key())
        && claimants.part(now) == member.part()) {
      return now;
    }
    follow(function, member.id(), member.uid());
    return null;
  }

  /** Takes in an answer to an identity about a function as it was spelled. */
  void answered(Pair pair, NamedFunction spelling) {
    Set<Kin.Key> keys = new HashSet<>();
    // The account of an identity and none are one spelling.
    for (String account : Arrays.asList(null, spelling.named(), spelling.home())) {
      keys.add(new Kin.Key(pair.identity(), Objects.requireNonNullElse(account, "")));
    }
    refresh(pair, contest -> keys.stream().filter(contest::has).map(contest::kin).toList());
  }

  /** Takes in that what is known of all functions of an identity can be another. */
  void changed(Pair pair) {
    refresh(pair, contest -> List.copyOf(contest.of(pair.identity())));
  }

  private void refresh(Pair pair, Function<Contest, List<Kin>> which) {
    contests.computeIfPresent(
        pair.function(),
        (function, known) -> {
          refresh(known.contest(), function, which.apply(known.contest()));
          return known;
        });
  }

  private void refresh(Contest contest, FunctionKey function, List<Kin> kins) {
    kins.forEach(kin -> contest.change(kin, changed -> know(changed, function)));
  }

  /** Records that a resource waits for the reads of others. */
  void waits(FunctionKey function, String uid) {
    var unused =
        ask(
            function,
            contest -> {
              contest.waits(uid);
              return contest;
            });
  }

  /** Those of some resources that are gone. */
  List<String> gone(FunctionKey function, List<String> uids) {
    return ask(
        function,
        contest ->
            uids.stream()
                .filter(
                    uid -> {
                      Namesake member = contest.find(uid);
                      return member == null || claimants.find(member.id(), uid) == null;
                    })
                .toList());
  }

  /** Drops the proofs that a resource needed, unless others or its present version need them. */
  void release(LambdaFunctionConfig resource, Pair pair) {
    Kin.Key key = key(resource, pair);
    NamedFunction spelling = claimants.spelling(resource, pair, null);
    var unused =
        ask(
            pair.function(),
            contest -> {
              Collection<Kin> left = contest.of(pair.identity());
              // Of an identity that names very many accounts, most have never been answered.
              if (!contest.has(key) && (left.isEmpty() || claimants.proofs().has(pair, spelling))) {
                claimants.proofs().keepFor(pair, left.stream().map(this::spelling).toList());
                refresh(contest, pair.function(), List.copyOf(left));
              }
              return contest;
            });
  }

  /** Adds the sizes; others change them meanwhile. */
  void sizes(StateSizes sizes) {
    sizes.add("Contests.contests", contests.size());
    // The names are there where no function is contested, too.
    new Contest(byAge).sizes(sizes);
    contests
        .keySet()
        .forEach(
            function ->
                contests.computeIfPresent(
                    function,
                    (key, known) -> {
                      known.contest().sizes(sizes);
                      return known;
                    }));
  }
}
