package dev.lambdaconfig.feature;

import dev.lambdaconfig.api.StatusCondition;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions on a condition of a status, as {@link ResourceClient#condition} returns it. */
final class ConditionAssert extends AbstractAssert<ConditionAssert, StatusCondition> {

  private ConditionAssert(StatusCondition actual) {
    super(actual, ConditionAssert.class);
  }

  static ConditionAssert assertThat(StatusCondition actual) {
    return new ConditionAssert(actual);
  }

  ConditionAssert isTrue() {
    return hasStatus("True");
  }

  ConditionAssert isFalse() {
    return hasStatus("False");
  }

  ConditionAssert isAbsent() {
    return hasStatus(ResourceClient.ABSENT);
  }

  ConditionAssert hasMessageContaining(CharSequence... parts) {
    isNotNull();
    Assertions.assertThat(actual.message()).as("message of %s", actual.type()).contains(parts);
    return this;
  }

  ConditionAssert hasMessageWithout(CharSequence... parts) {
    isNotNull();
    Assertions.assertThat(actual.message())
        .as("message of %s", actual.type())
        .doesNotContain(parts);
    return this;
  }

  private ConditionAssert hasStatus(String status) {
    isNotNull();
    Assertions.assertThat(actual.status()).as("status of %s", actual).isEqualTo(status);
    return this;
  }
}
