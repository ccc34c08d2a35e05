package dev.lambdaconfig.controller;

import dev.lambdaconfig.controller.gate.ValuesGate;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.restore.BaselineGate;
import dev.lambdaconfig.controller.restore.BaselineValuesGate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.kube.InMemoryKubernetes;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.secret.FormerBaselineSecrets;
import dev.lambdaconfig.kube.secret.SecretData;
import dev.lambdaconfig.kube.status.StatusStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a simulated run keeps under {@code deletionPolicy: Restore}. */
final class SimulatedRestore {

  private final InMemoryKubernetes kubernetes = new InMemoryKubernetes();
  private final StatusStore statuses;
  private BaselineSecrets secrets =
      new BaselineSecrets(kubernetes.client, "operator", Clock.systemUTC());
  private BaselineValuesGate values;

  SimulatedRestore(StatusStore statuses) {
    this.statuses = statuses;
    this.values = new BaselineValuesGate(secrets, statuses, OperatorMode.ENFORCE);
  }

  /** The process ends; the Secret stays. */
  void restart() {
    secrets = new BaselineSecrets(kubernetes.client, "operator", Clock.systemUTC());
    values = new BaselineValuesGate(secrets, statuses, OperatorMode.ENFORCE);
  }

  /** The gates of a run: of values, and of what is kept. */
  Gates gates(ChangeReporter changes) {
    BaselineGate baseline =
        new BaselineGate(
            secrets, new FormerBaselineSecrets(kubernetes.client), OperatorMode.ENFORCE, changes);
    return new Gates(
        List.of(),
        (reconciliation, step) -> Verdict.pass(step),
        List.of(new ValuesGate(state -> {})),
        List.of(baseline),
        List.of(values));
  }

  /** A decision was reported. */
  void reported(Reconciliation reconciliation, Step step) {
    values.dropUnneeded(reconciliation, step);
  }

  /** The variables that are kept, or null where none are. */
  @Nullable Map<String, String> kept() {
    return kubernetes.secrets.isEmpty()
        ? null
        : SecretData.decodedOrNull(kubernetes.secrets.values().iterator().next().getData());
  }
}
