package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.ownership.ClaimProofs.Pair;
import dev.lambdaconfig.decision.ownership.Succession;
import dev.lambdaconfig.model.FunctionKey;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tells the resources that name a function of changes of its owner. */
final class OwnerChanges {

  /** The time between two reconciles of one function that only learn of another owner. */
  static final Duration BETWEEN_LOSERS = Duration.ofMillis(200);

  private final Claimants claimants;
  private final ClaimWaits waits;
  private final Claims.ClaimTriggers triggers;

  OwnerChanges(Claimants claimants, ClaimWaits waits, Claims.ClaimTriggers triggers) {
    this.claimants = claimants;
    this.waits = waits;
    this.triggers = triggers;
  }

  /** Triggers those that a change of a resource concerns. */
  void announce(LambdaFunctionConfig resource, Succession.Change change) {
    Pair pair = claimants.pair(resource);
    if (pair != null) {
      FunctionKey function = pair.function();
      List<LambdaFunctionConfig> others = claimants.others(resource);
      announce(
          others,
          Succession.of(
              claimants.claimant(resource, function),
              others.stream().map(other -> claimants.claimant(other, function)).toList(),
              change));
    }
  }

  /** Triggers those that wait to know whether a resource has a claim. */
  void announceToWaiting(LambdaFunctionConfig resource) {
    announce(claimants.others(resource), new Succession(List.of(), List.of()));
  }

  private void announce(List<LambdaFunctionConfig> others, Succession succession) {
    Set<String> now = new LinkedHashSet<>(succession.now());
    others.stream()
        .map(other -> other.getMetadata().getUid())
        .filter(waits::isWaiting)
        .forEach(now::add);
    now.forEach(triggers.now());
    Duration delay = Duration.ZERO;
    for (String uid : succession.later()) {
      if (!now.contains(uid)) {
        triggers.later().accept(uid, delay);
        delay = delay.plus(BETWEEN_LOSERS);
      }
    }
  }
}
