package dev.lambdaconfig.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** An update comes back with the ID that AWS gave its request, if AWS answered. */
final class RequestIdTest {

  private final LambdaSimulator aws = LambdaSimulator.start();
  private final LambdaClients clients =
      new LambdaClients(
          StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")),
          aws.endpoint());

  @AfterEach
  void close() {
    clients.close();
    aws.close();
  }

  @Test
  void anAcceptedUpdateHasTheIdOfItsRequest() {
    // Given
    aws.createFunction(FunctionSeed.zip("orders"));

    // When
    LambdaFunctions.Sent sent = update();

    // Then
    assertThat(sent.answer()).isInstanceOf(Answer.Described.class);
    assertThat(sent.requestId()).isEqualTo(aws.requests().updates().getFirst().requestId());
  }

  @Test
  void aRefusedUpdateHasOneToo() {
    // When
    LambdaFunctions.Sent sent = update();

    // Then
    assertThat(sent.answer()).isInstanceOf(Answer.Failed.class);
    assertThat(sent.requestId()).isEqualTo(aws.requests().updates().getFirst().requestId());
  }

  @Test
  void anUpdateWithoutAnAnswerHasNone() {
    // Given
    aws.createFunction(FunctionSeed.zip("orders"));
    aws.faults().onUpdates().thenCutAfterApplying();

    // When
    LambdaFunctions.Sent sent = update();

    // Then
    assertThat(sent.answer()).isInstanceOf(Answer.Failed.class);
    assertThat(sent.requestId()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "UNKNOWN", "a b", "a\nb", "<script>"})
  void whatIsNoIdIsNotTakenForOne(String header) {
    assertThat(RequestId.of(AwsServiceException.builder().requestId(header).build())).isNull();
    assertThat(RequestId.of(AwsServiceException.builder().requestId("x".repeat(129)).build()))
        .isNull();
  }

  private LambdaFunctions.Sent update() {
    return new SdkLambdaFunctions(clients, CallListener.NONE)
        .update(
            new Target("eu-west-1", "orders"),
            new TreeMap<>(Map.of("Timeout", new Value.Numeral(BigDecimal.TEN))),
            null);
  }
}
