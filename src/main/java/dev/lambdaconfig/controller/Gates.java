package dev.lambdaconfig.controller;

import dev.lambdaconfig.controller.gate.AuthorizationGate;
import dev.lambdaconfig.controller.gate.ReadPlaceGate;
import dev.lambdaconfig.controller.gate.ResumptionGate;
import dev.lambdaconfig.controller.gate.SpecGate;
import dev.lambdaconfig.controller.gate.SuspensionGate;
import dev.lambdaconfig.controller.gate.TargetGate;
import dev.lambdaconfig.controller.gate.ValuesGate;
import dev.lambdaconfig.controller.ownership.Claims;
import dev.lambdaconfig.controller.ownership.OwnerGate;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.report.StatusReporter;
import dev.lambdaconfig.controller.resource.Authorization;
import dev.lambdaconfig.controller.resource.ReferencedValues;
import dev.lambdaconfig.controller.resource.Targets;
import dev.lambdaconfig.controller.restore.BaselineGate;
import dev.lambdaconfig.controller.restore.BaselineValuesGate;
import dev.lambdaconfig.controller.restore.FinalizerGate;
import dev.lambdaconfig.controller.restore.FinalizerRelease;
import dev.lambdaconfig.controller.rollout.BreakerGate;
import dev.lambdaconfig.controller.rollout.CircuitBreakers;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.update.WarmStart;
import java.util.List;

/**
 * All that can keep an update from being sent, in the order in which it is checked. The order is
 * behaviour: of two obstacles the first one is reported.
 *
 * @param beforeValues checked before the Secrets and ConfigMaps are read that the spec refers to
 * @param place checked directly before that: it takes a place, which the read gives back
 * @param beforeRead checked with their values, before the function is read
 * @param afterDecision checked with each decision, whatever it is: by then AWS has answered
 * @param beforeUpdate checked before an update is announced
 */
record Gates(
    Gate beforeValues, Gate place, Gate beforeRead, Gate afterDecision, Gate beforeUpdate) {

  /**
   * The rules about what a resource may name, and whose function it is.
   *
   * @param identity checks whose rights are used
   * @param values the values that specs refer to
   */
  record Rules(
      Targets targets,
      Authorization authorization,
      Gate identity,
      Claims claims,
      ReferencedValues values) {}

  /** The gates of {@code deletionPolicy: Restore}. */
  record Restoration(
      FinalizerRelease release,
      BaselineGate baseline,
      FinalizerGate finalizer,
      BaselineValuesGate values) {}

  /**
   * The consequences for a resource that a gate holds back: its reports, and the release of what is
   * held for it.
   */
  record Consequences(StatusReporter reporter, ChangeReporter changes, ResourceRelease release) {}

  /** The gates of the phases, each in its order. */
  Gates(
      List<Gate> beforeValues,
      Gate place,
      List<Gate> beforeRead,
      List<Gate> afterDecision,
      List<Gate> beforeUpdate) {
    this(
        Gate.allOf(beforeValues),
        place,
        Gate.allOf(beforeRead),
        Gate.allOf(afterDecision),
        Gate.allOf(beforeUpdate));
  }

  /** All gates of a reconcile, in their order. */
  static Gates inOrder(
      Rules rules,
      Restoration restoration,
      Consequences consequences,
      WarmStart warmStart,
      CircuitBreakers breakers) {
    return new Gates(
        beforeValues(rules, restoration, consequences),
        new ReadPlaceGate(rules.values()),
        List.of(
            // Whatever keeps the function from being read, its claim may have to be proven.
            rules
                .claims()
                .proving(
                    List.of(
                        // What the function is to have is known only with the values of the spec.
                        new ValuesGate(breakers::withdraw),
                        // Nothing is wrong with the resource: its status can answer for it.
                        warmStart))),
        List.of(
            // The account of a function is known once AWS has answered, and with it the owner.
            new OwnerGate(rules.claims(), consequences.changes()),
            // Only the owner takes a baseline.
            restoration.baseline(),
            // The baseline goes into the status with the update that needs the finalizer.
            restoration.finalizer()),
        List.of(
            // An update that is paused needs neither a Secret nor a place in the queue.
            new BreakerGate(breakers),
            // Values are safe before the status announces an update that can change them.
            restoration.values()));
  }

  private static List<Gate> beforeValues(
      Rules rules, Restoration restoration, Consequences consequences) {
    ResourceRelease release = consequences.release();
    return List.of(
        // A suspended resource is left alone, whatever else is wrong with it.
        new SuspensionGate(consequences.reporter(), release::rest),
        // Everything after this looks into the spec.
        new SpecGate(SpecGate.Rule.READABLE, release::rest),
        // The finalizer goes also if the spec is not valid: the deletion must not wait for that.
        restoration.release(),
        // It comes back whatever else is wrong: a deletion can follow at any time.
        restoration.finalizer().afterUpdates(),
        // The values of the spec are checked before what they name is looked for.
        new SpecGate(SpecGate.Rule.VALID, release::rest),
        // An annotation about the spec is checked once the spec is known to be valid.
        new SpecGate(SpecGate.Rule.ANNOTATED, release::rest),
        // Everything after this is about the function.
        new TargetGate(rules.targets(), release::rest),
        // Only what its author may name is looked at, by a call or by the answer of an earlier one.
        new AuthorizationGate(rules.authorization(), release::rest),
        // Whose rights are used is known before anything is read, or said of what was read.
        rules.identity(),
        // The status says that a suspension has ended before anything is read.
        new ResumptionGate(consequences.reporter()));
  }
}
