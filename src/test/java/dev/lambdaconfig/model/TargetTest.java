package dev.lambdaconfig.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {

  private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:orders";

  @ParameterizedTest
  @ValueSource(strings = {"orders", "123456789012:function:orders", ARN})
  void everySpellingOfAFunctionHasTheSameKey(String functionName) {
    // When
    FunctionKey key = new Target("eu-west-1", functionName).key();

    // Then
    assertThat(key).isEqualTo(new FunctionKey("eu-west-1", "orders"));
    assertThat(key.text()).isEqualTo("eu-west-1/orders");
  }

  @Test
  void onlyANameWithAnAccountNamesOne() {
    assertThat(new Target("eu-west-1", ARN).account()).isEqualTo("123456789012");
    assertThat(new Target("eu-west-1", "orders").account()).isNull();
  }

  @Test
  void aScopeShowsItsAccountWhereThatIsKnown() {
    assertThat(new QuotaScope("123456789012", "eu-west-1").text())
        .isEqualTo("eu-west-1 of account 123456789012");
    assertThat(new QuotaScope(null, "eu-west-1").text()).isEqualTo("eu-west-1");
  }
}
