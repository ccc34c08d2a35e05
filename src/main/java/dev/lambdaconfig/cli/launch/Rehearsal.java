package dev.lambdaconfig.cli.launch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Stand-ins for the API server, with one resource, and for Lambda, with its function: just enough
 * that an operator starts, updates the function and tells so. They listen on the loopback only.
 */
final class Rehearsal implements AutoCloseable {

  private static final String GROUP = "/apis/lambdaconfig.dev/v1alpha1";

  private static final String RESOURCE =
      """
      {
        "apiVersion": "lambdaconfig.dev/v1alpha1", "kind": "LambdaFunctionConfig",
        "metadata": {
          "name": "rehearsal", "namespace": "rehearsal", "uid": "9e7e5a00-0000-4000-8000-000000000001",
          "resourceVersion": "1", "generation": 1, "creationTimestamp": "2026-01-01T00:00:00Z",
          "labels": {"app.kubernetes.io/name": "rehearsal"},
          "annotations": {"lambdaconfig.dev/reconcile-requested-at": "once"},
          "managedFields": [{"manager": "git", "operation": "Apply", "fieldsV1": {"f:spec": {}}}]
        },
        "spec": {
          "functionName": "rehearsal", "timeout": 30, "memorySize": 256, "layers": [],
          "environment": {"variables": {"LOG_LEVEL": "info"}},
          "loggingConfig": {"logFormat": "JSON"}
        },
        "status": {"observedGeneration": -1}
      }
      """;

  private static final String SERVED =
      """
      {
        "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "lambdaconfig.dev/v1alpha1",
        "resources": [{
          "name": "lambdafunctionconfigs", "singularName": "lambdafunctionconfig",
          "namespaced": true, "kind": "LambdaFunctionConfig", "verbs": ["list", "patch", "watch"]
        }]
      }
      """;

  private static final String GRANTED =
      """
      {
        "kind": "SelfSubjectAccessReview", "apiVersion": "authorization.k8s.io/v1",
        "spec": {}, "status": {"allowed": true}
      }
      """;

  private static final String FUNCTION =
      """
      {
        "FunctionName": "rehearsal", "Runtime": "python3.13", "Handler": "app.handler",
        "FunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:rehearsal",
        "Role": "arn:aws:iam::123456789012:role/app", "CodeSize": 300, "Description": "",
        "LastModified": "2026-01-01T00:00:00.000+0000", "CodeSha256": "aaaa", "Version": "$LATEST",
        "Timeout": %d, "MemorySize": 256, "RevisionId": "%s", "State": "Active",
        "LastUpdateStatus": "Successful", "PackageType": "Zip", "Architectures": ["x86_64"],
        "Environment": {"Variables": {"LOG_LEVEL": "info"}}, "TracingConfig": {"Mode": "PassThrough"},
        "EphemeralStorage": {"Size": 512}, "SnapStart": {"ApplyOn": "None", "OptimizationStatus": "Off"},
        "LoggingConfig": {"LogFormat": "JSON", "LogGroup": "/aws/lambda/rehearsal"}
      }
      """;

  private final HttpsServer server;
  private final RehearsalKey key;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean updated;

  private Rehearsal(HttpsServer server, RehearsalKey key) {
    this.server = server;
    this.key = key;
  }

  /** Opens both, on one port. */
  static Rehearsal open(RehearsalKey key) throws IOException, GeneralSecurityException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(key.server()));
    Rehearsal rehearsal = new Rehearsal(server, key);
    server.createContext("/", rehearsal::answer);
    server.setExecutor(rehearsal.threads);
    server.start();
    return rehearsal;
  }

  /** Where both listen. */
  String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Writes a kubeconfig for the API server into a folder. */
  Path kubeconfig(Path folder) throws IOException, GeneralSecurityException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        clusters:
        - {name: rehearsal, cluster: {server: "%s", certificate-authority-data: "%s"}}
        users:
        - {name: rehearsal, user: {token: none}}
        contexts:
        - {name: rehearsal, context: {cluster: rehearsal, user: rehearsal, namespace: rehearsal}}
        current-context: rehearsal
        """
            .formatted(url(), key.certificateData()));
  }

  /** Waits until the operator has told that the function is as its resource says. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    if (query.contains("watch=true")) {
      watch(exchange);
    } else if (path.equals(GROUP)) {
      respond(exchange, 200, SERVED);
    } else if (path.endsWith("/selfsubjectaccessreviews")) {
      respond(exchange, 201, GRANTED);
    } else if (path.endsWith("/status")) {
      respond(
          exchange,
          200,
          RESOURCE.replace("\"resourceVersion\": \"1\"", "\"resourceVersion\": \"2\""));
    } else if (path.endsWith("/lambdafunctionconfigs")) {
      respond(exchange, 200, list());
    } else if (path.endsWith("/events")) {
      respond(exchange, 201, body);
      // The last that an operator tells of an update.
      if (body.contains("UpdateSucceeded")) {
        ended.countDown();
      }
    } else if (path.endsWith("/configuration")) {
      updated |= exchange.getRequestMethod().equals("PUT");
      respond(exchange, 200, FUNCTION.formatted(updated ? 30 : 3, updated ? "r-2" : "r-1"));
    } else {
      respond(exchange, 404, "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"code\": 404}");
    }
  }

  private static String list() {
    return """
    {
      "kind": "LambdaFunctionConfigList", "apiVersion": "lambdaconfig.dev/v1alpha1",
      "metadata": {"resourceVersion": "1"}, "items": [%s]
    }
    """
        .formatted(RESOURCE);
  }

  /** Without WebSockets the client reads events as lines. */
  private void watch(HttpExchange exchange) throws IOException {
    if (exchange.getRequestHeaders().containsKey("Upgrade")) {
      respond(exchange, 200, "{}");
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    String line = RESOURCE.replace("\n", "").replace("\"once\"", "\"again\"");
    exchange
        .getResponseBody()
        .write(
            ("{\"type\": \"MODIFIED\", \"object\": " + line + "}\n")
                .getBytes(StandardCharsets.UTF_8));
    // Left open: the server's end closes it.
    exchange.getResponseBody().flush();
  }

  private static void respond(HttpExchange exchange, int code, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(code, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
