package dev.lambdaconfig.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.AuthProviderConfig;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ExecConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar takes the token for the API server from where a kubeconfig says. The client reads these
 * parts of a kubeconfig by reflection, whose targets the build has to keep in the jar.
 */
final class KubeconfigIT {

  private final ApiServer server = ApiServer.shared();
  private final LambdaSimulator aws = LambdaSimulator.start();
  private final String namespace = server.freshNamespace("kubeconfig");
  private final ChartRights rights = new ChartRights(server, namespace, Set.of());

  @TempDir private Path folder = Path.of("");
  private HttpServer issuer;

  /** The token of the ServiceAccount, which the kubeconfig has not. */
  private String token = "";

  @BeforeEach
  void startIssuer() throws IOException {
    server.applyCrd(Path.of("crds/lambdafunctionconfigs.lambdaconfig.dev.yaml"));
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext("/", this::answer);
    issuer.start();
  }

  @AfterEach
  void stop() {
    issuer.stop(0);
    rights.close();
    aws.close();
  }

  @Test
  void takesTheTokenThatACommandPrints() throws Exception {
    assertReconcilesWith(
        user ->
            user.setExec(
                new ExecConfigBuilder()
                    .withApiVersion("client.authentication.k8s.io/v1")
                    .withCommand("/bin/sh")
                    .withArgs("-c", "cat \"$CREDENTIAL\"")
                    .addNewEnv("CREDENTIAL", credential().toString())
                    .withInteractiveMode("Never")
                    .build()));
  }

  @Test
  void refreshesAnExpiredTokenOfOpenIdConnect() throws Exception {
    assertReconcilesWith(
        user ->
            user.setAuthProvider(
                new AuthProviderConfig(
                    Map.of(
                        "client-id", "operator",
                        "client-secret", "secret",
                        "idp-issuer-url", address(),
                        "id-token", expired(),
                        "refresh-token", "refresh"),
                    "oidc")));
  }

  private void assertReconcilesWith(Consumer<AuthInfo> credentials) throws Exception {
    // Given
    aws.createFunction(FunctionSeed.zip("orders"));
    Path kubeconfig = kubeconfig(credentials);
    try (OperatorJar operator =
        OperatorJar.start(
            folder.resolve("home"),
            kubeconfig,
            aws.endpoint(),
            Map.of(
                "LAMBDA_CONFIG_NAMESPACES", namespace,
                "LAMBDA_CONFIG_OPERATOR_NAMESPACE", namespace))) {
      operator.awaitRunning();

      // When
      server
          .client()
          .resource(
              """
              apiVersion: lambdaconfig.dev/v1alpha1
              kind: LambdaFunctionConfig
              metadata: {name: orders}
              spec: {functionName: orders, timeout: 30}
              """)
          .inNamespace(namespace)
          .create();

      // Then
      operator.await("Ready").until(this::isReady);
    }
    assertThat(aws.requests().count("UpdateFunctionConfiguration")).isEqualTo(1);
  }

  private boolean isReady() {
    LambdaFunctionConfig resource =
        server
            .client()
            .resources(LambdaFunctionConfig.class)
            .inNamespace(namespace)
            .withName("orders")
            .get();
    LambdaFunctionConfigStatus status = resource.getStatus();
    StatusCondition ready =
        status == null ? null : Conditions.find(status.conditions, Conditions.READY);
    return ready != null && ready.status().equals("True");
  }

  /** The kubeconfig of the operator's rights, with other credentials in place of the token. */
  private Path kubeconfig(Consumer<AuthInfo> credentials) throws IOException {
    Config config =
        Serialization.unmarshal(
            Files.readString(rights.kubeconfig(Set.of(namespace))), Config.class);
    AuthInfo user = config.getUsers().getFirst().getUser();
    token = user.getToken();
    user.setToken(null);
    credentials.accept(user);
    Path file = folder.resolve("kubeconfig");
    Files.writeString(file, Serialization.asYaml(config));
    return file;
  }

  private Path credential() {
    try {
      return Files.writeString(
          folder.resolve("credential.json"),
          """
          {"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",
           "status":{"token":"%s"}}
          """
              .formatted(token));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String address() {
    return "http://127.0.0.1:" + issuer.getAddress().getPort();
  }

  private static String expired() {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString("{\"alg\":\"RS256\"}".getBytes(UTF_8))
        + "."
        + encoder.encodeToString("{\"exp\":1}".getBytes(UTF_8))
        + ".signature";
  }

  /** Answers as the issuer of tokens. */
  private void answer(HttpExchange exchange) throws IOException {
    boolean isToken = exchange.getRequestURI().getPath().equals("/token");
    String answer =
        isToken
            ? "{\"id_token\":\"%s\",\"refresh_token\":\"next\"}".formatted(token)
            : "{\"token_endpoint\":\"%s/token\"}".formatted(address());
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
