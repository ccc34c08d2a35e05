package dev.lambdaconfig.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The clients of AWS go by the proxies of the environment, and trust what it names. */
final class ProxiedCallsTest {

  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "secret"));

  private static final String LAMBDA = "CONNECT lambda.eu-west-1.amazonaws.com:443 HTTP/1.1";
  private static final String STS = "CONNECT sts.eu-west-1.amazonaws.com:443 HTTP/1.1";

  /** Nobody listens there. */
  private static final String NOWHERE = "http://127.0.0.1:1";

  private static ForwardProxy.Keys keys;

  @TempDir private Path folder;

  private final LambdaSimulator simulator = LambdaSimulator.start();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private ForwardProxy proxy;

  @BeforeAll
  static void createKeys(@TempDir Path shared)
      throws IOException, GeneralSecurityException, InterruptedException {
    keys = ForwardProxy.Keys.in(shared);
  }

  @BeforeEach
  void start() throws IOException {
    simulator.createFunction(FunctionSeed.zip("orders"));
    proxy = new ForwardProxy(simulator.endpoint(), keys, "us:p@w");
  }

  @AfterEach
  void stop() {
    proxy.close();
    simulator.close();
    timer.shutdownNow();
  }

  private ServiceClients services(@Nullable URI endpoint, Map<String, String> environment) {
    return new ServiceClients(endpoint, timer, Duration.ofSeconds(60), environment);
  }

  private String described(@Nullable URI endpoint, Map<String, String> environment) {
    ServiceClients services = services(endpoint, environment);
    try (SdkHttpClient http = services.http(2);
        LambdaClient lambda =
            services.client(LambdaClient.builder(), "JSON", "eu-west-1", CREDENTIALS, http)) {
      return lambda.getFunctionConfiguration(get -> get.functionName("orders")).functionName();
    }
  }

  private Failure failure(@Nullable URI endpoint, Map<String, String> environment) {
    return SdkFailures.of(
        catchThrowableOfType(SdkException.class, () -> described(endpoint, environment)));
  }

  @Test
  void lambdaIsCalledByTheProxyForHttps() {
    assertThat(
            described(
                null,
                Map.of(
                    "HTTPS_PROXY",
                    proxy.address("http://us:p%40w@"),
                    "HTTP_PROXY",
                    NOWHERE,
                    "NO_PROXY",
                    "localhost,.example.com",
                    "AWS_CA_BUNDLE",
                    keys.certificate().toString())))
        .isEqualTo("orders");
    assertThat(proxy.requests).containsExactly(LAMBDA);
  }

  @Test
  void propertiesOfJavaWinOverVariables() {
    // Given: user and password of the proxy, too, can be properties
    Map<String, String> environment =
        Map.of("HTTPS_PROXY", NOWHERE, "AWS_CA_BUNDLE", keys.certificate().toString());
    URI address = URI.create(proxy.address("http://"));
    Map<String, String> properties =
        Map.of(
            "https.proxyHost",
            address.getHost(),
            "https.proxyPort",
            String.valueOf(address.getPort()),
            "https.proxyUser",
            "us",
            "https.proxyPassword",
            "p@w");

    // When
    assertThat(withProperties(properties, () -> described(null, environment))).isEqualTo("orders");

    // Then
    assertThat(proxy.requests).containsExactly(LAMBDA);
  }

  @Test
  void aPropertyWithoutAPortIsNoReasonToGoAroundTheProxy() {
    Failure failure =
        withProperties(
            Map.of("https.proxyHost", "proxy.invalid"),
            () -> failure(null, Map.of("HTTPS_PROXY", proxy.address("http://us:p%40w@"))));

    assertThat(failure.message()).contains("proxy.invalid");
    assertThat(proxy.requests).isEmpty();
  }

  private static <T> T withProperties(Map<String, String> properties, Supplier<T> call) {
    properties.forEach(System::setProperty);
    try {
      return call.get();
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void stsIsCalledByTheProxyForHttps() {
    ServiceClients services =
        services(
            null,
            Map.of(
                "https_proxy", proxy.address("us:p%40w@"),
                "AWS_CA_BUNDLE", keys.certificate().toString()));
    try (SdkHttpClient http = services.http(2);
        StsClient sts =
            services.client(StsClient.builder(), "XML", "eu-west-1", CREDENTIALS, http)) {
      sts.getSessionToken();
    } catch (SdkException e) {
      // It is enough that the call arrives.
    }
    assertThat(proxy.requests).containsExactly(STS);
  }

  @Test
  void anEndpointByHttpHasItsOwnProxy() {
    assertThat(
            described(
                URI.create("http://lambda.example.com"),
                Map.of("HTTP_PROXY", proxy.address("http://us:p%40w@"), "HTTPS_PROXY", NOWHERE)))
        .isEqualTo("orders");
    assertThat(proxy.requests)
        .singleElement()
        .asString()
        .startsWith("GET http://lambda.example.com");
  }

  @Test
  void anExemptEndpointIsCalledDirectly() {
    assertThat(
            described(
                simulator.endpoint(), Map.of("HTTP_PROXY", NOWHERE, "NO_PROXY", "127.0.0.0/8")))
        .isEqualTo("orders");
    assertThat(failure(simulator.endpoint(), Map.of("HTTP_PROXY", NOWHERE)).code())
        .isEqualTo(Failure.ENDPOINT_UNREACHABLE);
  }

  @Test
  void refusedCredentialsOfAProxyAreToldAndPass() {
    Failure refused = failure(null, Map.of("HTTPS_PROXY", proxy.address("us:other@")));
    assertThat(FailureKind.of(refused)).isEqualTo(FailureKind.TRANSIENT);
    assertThat(refused.code()).isEqualTo(Failure.ENDPOINT_UNREACHABLE);
    assertThat(refused.mayHaveBeenApplied()).isFalse();
    assertThat(refused.message()).contains("HTTP 407", "HTTPS_PROXY").doesNotContain("us:");
  }

  @Test
  void aCertificateThatIsNotTrustedIsTold() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.pem"), "no certificate");
    for (String bundle : List.of("", broken.toString(), folder.resolve("absent").toString())) {
      Failure failure =
          failure(null, Map.of("HTTPS_PROXY", proxy.address("us:p%40w@"), "AWS_CA_BUNDLE", bundle));
      assertThat(failure.code()).isEqualTo(Failure.ENDPOINT_UNREACHABLE);
      assertThat(failure.message()).contains("not trusted", "AWS_CA_BUNDLE");
    }
  }

  @Test
  void aProcessReadsByTheProxyAndPrintsNoPassword() throws IOException, InterruptedException {
    String said =
        planned(Map.of("AWS_ACCESS_KEY_ID", "AKIDTEST", "AWS_SECRET_ACCESS_KEY", "secret"));
    assertThat(proxy.requests).as(said).containsExactly(LAMBDA);
    assertThat(said).contains("orders").doesNotContain("p%40w", "p@w");
  }

  @Test
  void aProcessWithAWebIdentityCallsStsByTheProxy() throws IOException, InterruptedException {
    Path token = Files.writeString(folder.resolve("token"), "token");
    String said =
        planned(
            Map.of(
                "AWS_ROLE_ARN",
                "arn:aws:iam::123456789012:role/operator",
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                token.toString()));
    assertThat(proxy.requests).as(said).contains(STS).doesNotContain(LAMBDA);
    assertThat(said).contains("CredentialsUnavailable").doesNotContain("p%40w", "p@w");
  }

  /** What the command prints that plans the function by the proxy. */
  private String planned(Map<String, String> credentials) throws IOException, InterruptedException {
    Path manifest =
        Files.writeString(
            folder.resolve("orders.yaml"),
            """
            apiVersion: lambdaconfig.dev/v1alpha1
            kind: LambdaFunctionConfig
            metadata: {name: orders, namespace: shop}
            spec: {functionName: orders, region: eu-west-1, timeout: 7}
            """);
    Path said = folder.resolve("said");
    ProcessBuilder plan =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                "dev.lambdaconfig.cli.Main",
                "plan",
                "-f",
                manifest.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    Map<String, String> environment = plan.environment();
    environment.clear();
    environment.putAll(credentials);
    environment.put("HOME", folder.toString());
    environment.put("AWS_REGION", "eu-west-1");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("HTTPS_PROXY", proxy.address("http://us:p%40w@"));
    // The SDK prints the value of a variable without a scheme.
    environment.put("HTTP_PROXY", "us:p%40w@127.0.0.1:1");
    environment.put("AWS_CA_BUNDLE", keys.certificate().toString());
    plan.start().waitFor();
    return Files.readString(said);
  }

  /** Without the tests, and so with the log as it is in operation. */
  private static String classPath() {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getProperty("java.class.path"))
        .filter(entry -> !Files.exists(Path.of(entry, "logback-test.xml")))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
