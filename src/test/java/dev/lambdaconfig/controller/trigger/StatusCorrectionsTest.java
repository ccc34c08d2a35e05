package dev.lambdaconfig.controller.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.kube.status.StatusStore;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a status that another writer changed brings a reconcile. */
final class StatusCorrectionsTest {

  private final RequeueTimer timer = new RequeueTimer(new WorkQueueAge(() -> 0), () -> 0);
  private final LambdaFunctionConfig resource = new ManagedResource("{timeout: 9}").resource;

  @Test
  void aChangeOfTheOperatorBringsNone() {
    assertThat(isDue(null)).isFalse();
    assertThat(scheduled()).isZero();
  }

  @Test
  void aChangeOfOthersBringsOneNow() {
    assertThat(isDue(Duration.ZERO)).isTrue();
    assertThat(scheduled()).isZero();
  }

  @Test
  void oneThatHasToWaitBringsOneLaterWhateverRunsBefore() {
    // When
    assertThat(isDue(Duration.ofMinutes(5))).isFalse();

    // Then
    assertThat(timer.begun(ResourceID.fromResource(resource))).isZero();
    assertThat(scheduled()).isEqualTo(1);
  }

  private boolean isDue(@Nullable Duration delay) {
    return new StatusCorrections(new Changed(delay), timer).isDueAfter(resource, resource);
  }

  private long scheduled() {
    StateSizes sizes = new StateSizes();
    timer.sizes(sizes);
    return sizes.byName().values().stream().mapToLong(size -> size).sum();
  }

  /** A store of which each change has the same delay. */
  private record Changed(@Nullable Duration delay) implements StatusStore {

    @Override
    public @Nullable Duration changedByOthers(
        LambdaFunctionConfig now, LambdaFunctionConfig before) {
      return delay;
    }

    @Override
    public Known known(LambdaFunctionConfig resource) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Written write(LambdaFunctionConfig resource, LambdaFunctionConfigStatus status) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void forget(LambdaFunctionConfig gone) {
      throw new UnsupportedOperationException();
    }
  }
}
