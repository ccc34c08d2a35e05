package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.kube.status.ServerSideApplyStatusStore;
import dev.lambdaconfig.kube.status.StatusStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operator recognises its own status writes. */
final class OwnStatusIT {

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ResourceClient resources = operator.resources();

  @Test
  void aWriteThatTheWatchTellsOfAfterTheCacheHasItIsNoOnesElse() {
    // Given: the operator's own status, which a reconcile has found in the cache
    StatusStore statuses = new ServerSideApplyStatusStore(operator.server().client());
    LambdaFunctionConfig before = resources.apply("orders", "functionName: orders\ntimeout: 30");
    LambdaFunctionConfigStatus status = new LambdaFunctionConfigStatus();
    status.observedGeneration = 1L;
    assertThat(statuses.write(before, status)).isEqualTo(StatusStore.Written.DONE);
    LambdaFunctionConfig now = resources.get("orders");
    assertThat(statuses.known(now).status()).isEqualTo(status);

    // When, Then: the filter of events comes later
    assertThat(statuses.changedByOthers(now, before)).isNull();
    assertThat(statuses.known(now).status()).isEqualTo(status);
  }
}
