package dev.lambdaconfig.controller.restore;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.ProvisionalValues;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.status.StatusStore;
import dev.lambdaconfig.plan.Baseline;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Environment values under {@code deletionPolicy: Restore}: they are in a Secret of the operator's
 * own namespace right before an update that can change them, or that update is not sent.
 */
public final class BaselineValuesGate implements Gate {

  /** The Secret for the environment variables cannot be used. */
  private static final String SECRET_TAKEN = "BaselineSecretTaken";

  private static final String NO_NAMESPACE =
      "deletionPolicy: Restore stores environment values in the operator's own namespace, which"
          + " is unknown: start the operator with --operator-namespace, or set deletionPolicy:"
          + " Retain";

  private static final Logger LOG = LoggerFactory.getLogger(BaselineValuesGate.class);

  private final BaselineSecrets secrets;
  private final StatusStore statuses;
  private final OperatorMode mode;

  /** Creates the gate. */
  public BaselineValuesGate(BaselineSecrets secrets, StatusStore statuses, OperatorMode mode) {
    this.secrets = secrets;
    this.statuses = statuses;
    this.mode = mode;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    Step settled =
        ProvisionalValues.settled(
            reconciliation,
            step,
            UpdateHistory.of(statuses.known(reconciliation.resource()).status()));
    Baseline before = settled.baseline();
    if (reconciliation.isRestoring()
        || !mode.restores(reconciliation.spec())
        || !before.lacksVariablesFor(step.update().plan(), reconciliation.managed())) {
      return Verdict.pass(settled);
    }
    Baseline after =
        before.securing(
            reconciliation.managed(),
            settled.observed(),
            BaselineSecrets.nameFor(reconciliation.resource()));
    if (after.secretName() == null) {
      return Verdict.pass(settled.with(after));
    }
    if (secrets.namespace() == null) {
      return Verdict.decide(
          settled,
          new Decision.Stalled(MissingRight.FORBIDDEN, NO_NAMESPACE, MissingRight.RECHECK));
    }
    try {
      // What was kept for an update that AWS has not applied is of no use to this one.
      return kept(reconciliation.resource(), settled, after, step.baseline().isProvisional());
    } catch (KubernetesClientException e) {
      return MissingRight.verdict(settled, e, MissingRight.SECRETS, secrets.namespace());
    }
  }

  private Verdict kept(LambdaFunctionConfig resource, Step step, Baseline after, boolean replaces) {
    return switch (secrets.keep(resource, step.observed().environment(), replaces)) {
      case BaselineSecrets.Kept kept -> Verdict.pass(step.with(after));
      case BaselineSecrets.KeptBefore kept -> Verdict.pass(step.with(after.confirmed()));
      case BaselineSecrets.Refused(String why) ->
          Verdict.decide(step, new Decision.Stalled(SECRET_TAKEN, why, MissingRight.RECHECK));
    };
  }

  /** Drops what was kept for an update that was never applied, once the status says so. */
  public void dropUnneeded(Reconciliation reconciliation, Step reported) {
    boolean dropped = reconciliation.previous().baseline().secretName() != null;
    if (reported.baseline().secretName() != null
        || !(dropped || secrets.isKept(reconciliation.uid()))) {
      return;
    }
    try {
      secrets.delete(reconciliation.uid());
    } catch (KubernetesClientException e) {
      // The next round of the collector finds it.
      LOG.atWarn()
          .addKeyValue("secret", BaselineSecrets.nameFor(reconciliation.resource()))
          .addKeyValue("code", e.getCode())
          .log("an unneeded baseline could not be deleted");
    }
  }
}
