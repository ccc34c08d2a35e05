package dev.lambdaconfig.cli.launch;

/**
 * The answers of an API server with one resource, and of Lambda with its function.
 *
 * <p>Thread-safe.
 */
final class RehearsalAnswers {

  /** An answer to a request. */
  record Reply(int code, String body) {}

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

  /** The OpenAPI document, of a schema that takes any member. */
  private static final String DOCUMENT =
      """
      {
        "components": {"schemas": {"dev.lambdaconfig.v1alpha1.LambdaFunctionConfig": {
          "x-kubernetes-group-version-kind": [{"kind": "LambdaFunctionConfig"}],
          "properties": {
            "spec": {"x-kubernetes-preserve-unknown-fields": true},
            "status": {"x-kubernetes-preserve-unknown-fields": true}
          }
        }}}
      }
      """;

  private static final String GRANTED =
      """
      {
        "kind": "SelfSubjectAccessReview", "apiVersion": "authorization.k8s.io/v1",
        "spec": {}, "status": {"allowed": true}
      }
      """;

  private static final String LIST =
      """
      {
        "kind": "LambdaFunctionConfigList", "apiVersion": "lambdaconfig.dev/v1alpha1",
        "metadata": {"resourceVersion": "1"}, "items": [%s]
      }
      """;

  private static final Reply MISSING =
      new Reply(404, "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"code\": 404}");

  private static final String EVENTS = "/events";

  private static final String LEASES = "/leases";

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

  /** The line of a watch that requests another reconcile of the resource. */
  static final String CHANGE =
      "{\"type\": \"MODIFIED\", \"object\": "
          + RESOURCE.replace("\n", "").replace("\"once\"", "\"again\"")
          + "}";

  private volatile boolean updated;
  private volatile String lease = "";

  /** Answers a request, and records that the function is updated. */
  Reply to(String method, String path, String body) {
    if (path.equals(GROUP)) {
      return new Reply(200, SERVED);
    }
    if (path.startsWith("/openapi/")) {
      return new Reply(200, DOCUMENT);
    }
    if (path.endsWith("/selfsubjectaccessreviews")) {
      return new Reply(201, GRANTED);
    }
    if (path.endsWith("/status")) {
      return new Reply(
          200, RESOURCE.replace("\"resourceVersion\": \"1\"", "\"resourceVersion\": \"2\""));
    }
    if (path.endsWith("/lambdafunctionconfigs")) {
      return new Reply(200, LIST.formatted(RESOURCE));
    }
    if (path.endsWith("/secrets")) {
      return new Reply(
          200,
          "{\"kind\": \"SecretList\", \"apiVersion\": \"v1\", \"metadata\": {}, \"items\": []}");
    }
    if (path.endsWith(EVENTS)) {
      return new Reply(201, body);
    }
    if (path.contains(LEASES)) {
      return lease(method, body);
    }
    if (path.endsWith("/configuration")) {
      updated |= method.equals("PUT");
      return new Reply(200, function());
    }
    if (path.endsWith("/functions/rehearsal")) {
      return new Reply(200, "{\"Configuration\": " + function() + "}");
    }
    if (path.endsWith("/functions") || path.endsWith("/functions/")) {
      return new Reply(200, "{\"Functions\": [" + function() + "]}");
    }
    return MISSING;
  }

  private String function() {
    return FUNCTION.formatted(updated ? 30 : 3, updated ? "r-2" : "r-1");
  }

  /** Answers as one who keeps what was written; a patch of a Lease leaves it as it is. */
  private Reply lease(String method, String body) {
    if (method.equals("GET")) {
      return lease.isEmpty() ? MISSING : new Reply(200, lease);
    }
    if (body.contains("\"kind\"")) {
      lease = body.replaceFirst("\"metadata\":\\s*\\{", "$0\"resourceVersion\":\"1\",");
    }
    return new Reply(method.equals("POST") ? 201 : 200, lease);
  }

  /** Whether this request keeps the Lease of an operator that works, and so never ends. */
  static boolean isRenewal(String path) {
    return path.contains(LEASES);
  }

  /** Whether this is the last request of an operator that has updated the function. */
  static boolean isEnd(String path, String body) {
    return path.endsWith(EVENTS) && body.contains("UpdateSucceeded");
  }
}
