package dev.lambdaconfig.controller.restore;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.InMemoryKubernetes;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.status.InMemoryStatusStore;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A resource that is to change environment variables, and the gate before its updates. */
abstract class KeptValuesSetup {

  static final String KEY = "arn:aws:kms:eu-west-1:123456789012:key/k";
  static final String RESTORE =
      "{timeout: 9, kmsKeyArn: '"
          + KEY
          + "', environment: {variables: {A: new}}, deletionPolicy: Restore}";
  static final String BEFORE =
      "{Timeout: 9, KMSKeyArn: '" + KEY + "', Environment: {Variables: {A: old}}}";
  static final UpdateHistory OPEN =
      UpdateHistory.NONE.opened(
          List.of("environment.variables"),
          Cause.SpecChanged,
          DesiredVersion.of(1),
          "r0",
          ManagedResource.NOW);

  final InMemoryKubernetes kubernetes = new InMemoryKubernetes();
  final InMemoryStatusStore statuses = new InMemoryStatusStore();
  final ManagedResource resource = new ManagedResource(RESTORE);
  BaselineSecrets secrets = new BaselineSecrets(kubernetes.client, "operator", Clock.systemUTC());

  /** Another process, which knows of no Secret yet. */
  void restart() {
    secrets = new BaselineSecrets(kubernetes.client, "operator", Clock.systemUTC());
  }

  Verdict check(Step step) {
    return gate(OperatorMode.ENFORCE).check(resource.reconciliation(), step);
  }

  BaselineValuesGate gate(OperatorMode mode) {
    return new BaselineValuesGate(secrets, statuses, mode);
  }

  BaselineField inSecret(boolean provisional) {
    return new BaselineField(
        "environment.variables", null, BaselineSecrets.nameFor(resource.resource), provisional);
  }

  static @Nullable BaselineField variables(Step step) {
    List<BaselineField> fields = step.baseline().fields();
    return fields == null
        ? null
        : fields.stream()
            .filter(field -> field.path().equals("environment.variables"))
            .findFirst()
            .orElse(null);
  }
}
