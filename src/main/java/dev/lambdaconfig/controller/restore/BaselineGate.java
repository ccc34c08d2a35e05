package dev.lambdaconfig.controller.restore;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.secret.FormerBaselineSecrets;
import dev.lambdaconfig.plan.Baseline;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The baseline under {@code deletionPolicy: Restore}: takes over what a read has shown of fields
 * that have none yet, from where it goes into the status. It ends no reconcile.
 */
public final class BaselineGate implements Gate {

  /** The delay after a former Secret could not be read: its values are needed on deletion only. */
  private static final Duration AFTER_UNREAD = Duration.ofHours(1);

  private final BaselineSecrets secrets;
  private final FormerBaselineSecrets former;
  private final OperatorMode mode;
  private final ChangeReporter changes;

  /** Creates the gate. */
  public BaselineGate(
      BaselineSecrets secrets,
      FormerBaselineSecrets former,
      OperatorMode mode,
      ChangeReporter changes) {
    this.secrets = secrets;
    this.former = former;
    this.mode = mode;
    this.changes = changes;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    if (reconciliation.isRestoring() || !mode.restores(reconciliation.spec())) {
      return Verdict.pass(step);
    }
    Step moved = step.with(moved(reconciliation, step.baseline()));
    return Verdict.pass(moved.with(moved.baselineSeen(reconciliation)));
  }

  /**
   * Takes over what an earlier version kept in the namespace of the resource. Where that cannot be
   * read the resource is kept as before; only its deletion has to wait for the right.
   */
  private Baseline moved(Reconciliation reconciliation, Baseline baseline) {
    LambdaFunctionConfig resource = reconciliation.resource();
    String told = baseline.secretName();
    String own = BaselineSecrets.nameFor(resource);
    if (told == null
        || told.equals(own)
        || secrets.namespace() == null
        || isTriedInVain(reconciliation)) {
      return baseline;
    }
    try {
      boolean isFormer = told.equals(FormerBaselineSecrets.nameFor(resource));
      if (isFormer && secrets.read(resource) == null && !take(resource)) {
        reconciliation.state().formerSecretUnread(reconciliation.now());
        return baseline;
      }
      if (isFormer) {
        former.delete(resource);
      }
      reconciliation.state().formerSecretUnread(null);
      return baseline.keptIn(own);
    } catch (KubernetesClientException e) {
      if (reconciliation.state().formerSecretUnread() == null) {
        changes.valuesNotMoved(resource, told, e.getCode(), secrets.namespace());
      }
      reconciliation.state().formerSecretUnread(reconciliation.now());
      return baseline;
    }
  }

  private boolean take(LambdaFunctionConfig resource) {
    Map<String, String> values = former.read(resource);
    return values != null && secrets.take(resource, values);
  }

  private static boolean isTriedInVain(Reconciliation reconciliation) {
    Instant tried = reconciliation.state().formerSecretUnread();
    return tried != null && reconciliation.now().isBefore(tried.plus(AFTER_UNREAD));
  }
}
