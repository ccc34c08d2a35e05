package dev.lambdaconfig.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The meaning of State and LastUpdateStatus, in AWS's words and in words that nobody knows yet. */
final class LifecycleTest {

  @ParameterizedTest
  @CsvSource({
    "Active, true, false",
    "Inactive, true, false",
    ", true, false",
    "Pending, false, false",
    "Failed, true, true",
    "Deactivated, true, true",
    "Deactivating, true, true",
    "Deleting, true, true",
    "Dreaming, true, false"
  })
  void ofAState(@Nullable String state, boolean settled, boolean dead) {
    Lifecycle lifecycle = new Lifecycle(state, null, null, null, null, null);

    assertThat(lifecycle.isSettled()).isEqualTo(settled);
    assertThat(lifecycle.isDead()).isEqualTo(dead);
  }

  @ParameterizedTest
  @CsvSource({
    "Pending, Creating, true",
    "Pending, Restoring, false",
    "Pending, , false",
    "Active, Creating, false"
  })
  void ofAFunctionThatIsBeingCreated(String state, @Nullable String code, boolean created) {
    assertThat(new Lifecycle(state, null, code, null, null, null).isBeingCreated())
        .isEqualTo(created);
  }

  @ParameterizedTest
  @CsvSource({
    ", true, false, false",
    "'', true, false, false",
    "Successful, true, false, false",
    "Failed, true, false, true",
    "InProgress, false, false, false",
    "Paused, true, true, false"
  })
  void ofALastUpdateStatus(
      @Nullable String status, boolean settled, boolean unclear, boolean failed) {
    Lifecycle lifecycle = new Lifecycle("Active", null, null, status, null, null);

    assertThat(lifecycle.isSettled()).isEqualTo(settled);
    assertThat(lifecycle.isUnclear()).isEqualTo(unclear);
    assertThat(lifecycle.lastUpdateFailed()).isEqualTo(failed);
  }
}
