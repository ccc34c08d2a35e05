package dev.lambdaconfig.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lambdaconfig.cluster.ChildProcess;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The jar takes credentials from where the AWS SDK finds them. The SDK loads some of these sources
 * by the names of their classes, which the build has to keep in the jar.
 */
final class CredentialsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String TEMPORARY =
      """
      {"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"%s","SecretAccessKey":"secret",
       "Token":"token","Expiration":"2099-01-01T00:00:00Z","LastUpdated":"2026-01-01T00:00:00Z"}
      """;

  @TempDir private Path folder = Path.of("");
  private HttpServer services;

  @BeforeEach
  void startServices() throws IOException {
    services = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    services.createContext("/", CredentialsIT::answer);
    services.start();
  }

  @AfterEach
  void stopServices() {
    services.stop(0);
  }

  /** The variables of each source, and the access key that it gives. */
  static Stream<Arguments> sources() {
    return Stream.of(
        Arguments.of(
            "a web identity",
            Map.of(
                "AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/web",
                "AWS_WEB_IDENTITY_TOKEN_FILE", "HOME/token"),
            "ASIAAssumeRoleWithWebIdentity"),
        Arguments.of("a role of a profile", Map.of("AWS_PROFILE", "with-role"), "ASIAAssumeRole"),
        Arguments.of(
            "a web identity of a profile",
            Map.of("AWS_PROFILE", "with-token"),
            "ASIAAssumeRoleWithWebIdentity"),
        Arguments.of("a process", Map.of("AWS_PROFILE", "with-process"), "AKIAPROCESS"),
        Arguments.of(
            "a process, beside empty variables",
            Map.of(
                "AWS_PROFILE", "with-process",
                "AWS_ROLE_ARN", "",
                "AWS_WEB_IDENTITY_TOKEN_FILE", "",
                "AWS_ACCESS_KEY_ID", ""),
            "AKIAPROCESS"),
        Arguments.of(
            "EKS Pod Identity",
            Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "SERVICES/container"),
            "ASIACONTAINER"),
        Arguments.of(
            "an instance",
            Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", "SERVICES"),
            "ASIAINSTANCE"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sources")
  void takesCredentialsOf(String source, Map<String, String> variables, String accessKey)
      throws Exception {
    // Given
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(home.resolve("token"), "header.payload.signature");
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/config"), config(home));
    try (LambdaSimulator aws =
        LambdaSimulator.builder().accessKey(accessKey, "123456789012").start()) {
      aws.createFunction(FunctionSeed.zip("exported"));
      Map<String, String> environment = environment(variables, home);
      ExportJar export = new ExportJar(home, folder.resolve("functions"), aws.endpoint());

      // When
      try (ChildProcess process = export.start(environment)) {
        assertThat(process.exitsWithin(PATIENCE)).as(process.tail()).isTrue();

        // Then
        assertThat(process.exitCode()).as(source + ": " + process.tail()).isZero();
      }
      assertThat(export.count()).isEqualTo(1);
      assertThat(aws.requests().all())
          .isNotEmpty()
          .extracting(LoggedRequest::accessKeyId)
          .containsOnly(accessKey);
    }
  }

  /** The sources that fail in this test, beside an instance that has credentials. */
  static Stream<Arguments> failing() {
    return Stream.of(
        Arguments.of(
            Map.of(
                "AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/refused",
                "AWS_WEB_IDENTITY_TOKEN_FILE", "HOME/token")),
        Arguments.of(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "SERVICES/missing")));
  }

  /** A Pod would act by the role of its node, and for as long as it runs. */
  @ParameterizedTest
  @MethodSource("failing")
  void asksNoOtherSourceAfterTheOneThatIsNamed(Map<String, String> variables) throws Exception {
    // Given
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(home.resolve("token"), "header.payload.signature");
    try (LambdaSimulator aws = LambdaSimulator.start()) {
      Map<String, String> environment = environment(variables, home);
      environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", address());
      ExportJar export = new ExportJar(home, folder.resolve("functions"), aws.endpoint());

      // When
      try (ChildProcess process = export.start(environment)) {
        assertThat(process.exitsWithin(PATIENCE)).as(process.tail()).isTrue();

        // Then
        assertThat(process.exitCode()).isNotZero();
        assertThat(process.tail()).contains("no AWS credentials");
      }
      assertThat(aws.requests().all()).isEmpty();
    }
  }

  /** The variables of a source, of this home and these services, and where STS is. */
  private Map<String, String> environment(Map<String, String> variables, Path home) {
    Map<String, String> environment = new TreeMap<>();
    variables.forEach(
        (name, value) ->
            environment.put(
                name, value.replace("HOME", home.toString()).replace("SERVICES", address())));
    environment.put("AWS_ENDPOINT_URL_STS", address());
    return environment;
  }

  private String address() {
    return "http://127.0.0.1:" + services.getAddress().getPort();
  }

  private static String config(Path home) {
    return """
    [profile base]
    aws_access_key_id = AKIABASE
    aws_secret_access_key = secret

    [profile with-role]
    role_arn = arn:aws:iam::123456789012:role/of-profile
    source_profile = base

    [profile with-token]
    role_arn = arn:aws:iam::123456789012:role/of-token
    web_identity_token_file = %1$s/token

    [profile with-process]
    credential_process = /bin/echo '{"Version":1,"AccessKeyId":"AKIAPROCESS","SecretAccessKey":"s"}'
    """
        .formatted(home);
  }

  /** Answers as STS, the agent of EKS, and the metadata service of an instance. */
  private static void answer(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (request.contains("refused") || exchange.getRequestURI().getPath().equals("/missing")) {
      exchange.sendResponseHeaders(400, -1);
      exchange.close();
      return;
    }
    String answer =
        switch (exchange.getRequestURI().getPath()) {
          // The SDK leaves out the path of the endpoint.
          case "/" -> sts(request.contains("WebIdentity") ? "WithWebIdentity" : "");
          case "/container" -> TEMPORARY.formatted("ASIACONTAINER");
          case "/latest/api/token" -> "token";
          case "/latest/meta-data/iam/security-credentials/",
              "/latest/meta-data/iam/security-credentials-extended/" ->
              "role";
          default -> TEMPORARY.formatted("ASIAINSTANCE");
        };
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String sts(String suffix) {
    String operation = "AssumeRole" + suffix;
    return """
    <%1$sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%1$sResult><Credentials>
    <AccessKeyId>ASIA%1$s</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
    <SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
    </Credentials></%1$sResult></%1$sResponse>
    """
        .formatted(operation);
  }
}
