package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.controller.ServerSideApplyStatusStore;
import dev.lambdaconfig.controller.StatusStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the operator takes for its own status. */
final class OwnStatusIT {

  @RegisterExtension final Stage stage = Stage.withoutOperator();

  @Test
  void aWriteThatTheWatchTellsOfAfterTheCacheHasItIsNoOnesElse() {
    // Given: a status of our own, which a pass has found in the cache
    StatusStore statuses = new ServerSideApplyStatusStore(stage.server().client());
    LambdaFunctionConfig before = stage.apply("orders", "functionName: orders\ntimeout: 30");
    LambdaFunctionConfigStatus status = new LambdaFunctionConfigStatus();
    status.observedGeneration = 1L;
    assertThat(statuses.write(before, status)).isEqualTo(StatusStore.Written.DONE);
    LambdaFunctionConfig now = stage.get("orders");
    assertThat(statuses.known(now).status()).isEqualTo(status);

    // When, Then: the filter of events comes later
    assertThat(statuses.changedByOthers(now, before)).isNull();
    assertThat(statuses.known(now).status()).isEqualTo(status);
  }
}
