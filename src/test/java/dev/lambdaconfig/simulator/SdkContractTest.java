package dev.lambdaconfig.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationResponse;

/** The AWS SDK understands the answers of the simulator. */
final class SdkContractTest {

  private static final byte[] EMPTY_ZIP = {
    'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final LambdaSimulator aws = LambdaSimulator.builder().clock(clock).start();
  private final LambdaClient sdk = client("AKIDHOME", Region.EU_WEST_1);

  private LambdaClient client(String accessKey, Region region) {
    return LambdaClient.builder()
        .endpointOverride(aws.endpoint())
        .region(region)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret")))
        .overrideConfiguration(
            settings -> settings.retryStrategy(strategy -> strategy.maxAttempts(1)))
        .build();
  }

  @AfterEach
  void stop() {
    sdk.close();
    aws.close();
  }

  @Test
  void createsReadsUpdatesAndLists() {
    // Given
    sdk.createFunction(
        request ->
            request
                .functionName("orders")
                .role(FunctionSeed.ROLE)
                .runtime(Runtime.JAVA21)
                .handler("app.Handler")
                .packageType(PackageType.ZIP)
                .code(code -> code.zipFile(SdkBytes.fromByteArray(EMPTY_ZIP))));
    clock.advance(Duration.ofSeconds(1));
    GetFunctionConfigurationResponse before =
        sdk.getFunctionConfiguration(request -> request.functionName("orders"));

    // When
    UpdateFunctionConfigurationResponse updated =
        sdk.updateFunctionConfiguration(
            request ->
                request
                    .functionName("orders")
                    .memorySize(512)
                    .environment(environment -> environment.variables(Map.of("MODE", "fast")))
                    .layers("arn:aws:lambda:eu-west-1:123456789012:layer:tracing:3")
                    .revisionId(before.revisionId()));

    // Then
    assertThat(before.state()).isEqualTo(State.ACTIVE);
    assertThat(before.lastUpdateStatus()).isEqualTo(LastUpdateStatus.SUCCESSFUL);
    assertThat(updated.lastUpdateStatus()).isEqualTo(LastUpdateStatus.IN_PROGRESS);
    assertThat(updated.lastUpdateStatusReasonCodeAsString()).isEqualTo("Creating");
    assertThat(updated.layers()).hasSize(1);
    List<FunctionConfiguration> listed = sdk.listFunctionsPaginator().functions().stream().toList();
    assertThat(listed).hasSize(1);
    assertThat(listed.getFirst().memorySize()).isEqualTo(512);
    assertThat(listed.getFirst().lastUpdateStatusAsString()).isNull();
    assertThat(sdk.getFunction(request -> request.functionName("orders")).code().location())
        .startsWith("https://");
  }

  @Test
  void showsErrorCodes() {
    // Given
    aws.createFunction(FunctionSeed.zip("orders"));

    // When
    List<String> codes =
        List.of(
            codeOf(() -> sdk.getFunction(request -> request.functionName("missing"))),
            codeOf(
                () ->
                    sdk.updateFunctionConfiguration(
                        request -> request.functionName("orders").revisionId("stale"))),
            codeOf(
                () ->
                    sdk.updateFunctionConfiguration(
                        request -> request.functionName("orders").memorySize(1))),
            codeOf(
                () ->
                    sdk.getFunction(
                        request ->
                            request.functionName(
                                "arn:aws:lambda:eu-west-1:999999999999:function:orders"))));

    // Then
    assertThat(codes)
        .containsExactly(
            "ResourceNotFoundException",
            "PreconditionFailedException",
            "ValidationException",
            "AccessDeniedException");
  }

  @Test
  void isThrottledWithRetryAfter() {
    // Given
    aws.faults().onAnything().thenThrottle(Duration.ofSeconds(7));

    // When
    TooManyRequestsException refused =
        catchThrowableOfType(
            TooManyRequestsException.class,
            () -> sdk.getFunction(request -> request.functionName("orders")));

    // Then
    assertThat(refused.retryAfterSeconds()).isEqualTo("7");
    assertThat(refused.reasonAsString()).isEqualTo("CallerRateLimitExceeded");
  }

  @Test
  void regionOfTheSignatureDecides() {
    // Given
    aws.region("us-east-1").createFunction(FunctionSeed.zip("orders"));

    // When
    try (LambdaClient american = client("AKIDHOME", Region.US_EAST_1)) {
      String arn =
          american
              .getFunctionConfiguration(request -> request.functionName("orders"))
              .functionArn();

      // Then
      assertThat(arn).startsWith("arn:aws:lambda:us-east-1:");
      assertThat(codeOf(() -> sdk.getFunction(request -> request.functionName("orders"))))
          .isEqualTo("ResourceNotFoundException");
      assertThat(aws.requests().all().getFirst().accessKeyId()).isEqualTo("AKIDHOME");
      assertThat(aws.requests().all().getFirst().userAgent()).contains("aws-sdk-java");
    }
  }

  private static String codeOf(Runnable call) {
    LambdaException refused = catchThrowableOfType(LambdaException.class, call::run);
    return refused.awsErrorDetails().errorCode();
  }
}
