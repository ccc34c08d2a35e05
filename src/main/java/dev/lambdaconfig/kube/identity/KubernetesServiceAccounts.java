package dev.lambdaconfig.kube.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.api.EnvironmentNames;
import dev.lambdaconfig.identity.account.ServiceAccounts;
import dev.lambdaconfig.identity.account.WebIdentityToken;
import dev.lambdaconfig.kube.AdmissionRefusal;
import dev.lambdaconfig.kube.ApiServerFailures;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ServiceAccountResource;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The port {@link ServiceAccounts}, implemented by the Kubernetes client. No message of the API
 * server is passed on, but for requests that it rejects, and of none that carries a token.
 */
public final class KubernetesServiceAccounts implements ServiceAccounts {

  /** The shortest that the API server issues: a token is used once, at once. */
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

  private static final String PREFIX = "eks.amazonaws.com/";
  private static final int UNPROCESSABLE = 422;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;

  /** Reads by the given client. */
  public KubernetesServiceAccounts(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Result read(String namespace, String name) {
    if (!EnvironmentNames.isObjectName(name)) {
      // Any other name could lead to another API path, and to a ServiceAccount of others.
      return new Missing();
    }
    try {
      var found = at(namespace, name).get();
      return found == null ? new Missing() : new Found(account(found.getMetadata()));
    } catch (KubernetesClientException e) {
      return failed(e);
    }
  }

  private static ServiceAccount account(ObjectMeta metadata) {
    Map<String, String> annotations = new TreeMap<>();
    Map<String, String> all = Objects.requireNonNullElse(metadata.getAnnotations(), Map.of());
    all.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX) && value != null) {
            annotations.put(key, value);
          }
        });
    return new ServiceAccount(
        metadata.getNamespace(),
        metadata.getName(),
        metadata.getUid(),
        annotations,
        metadata.getDeletionTimestamp() != null);
  }

  @Override
  public Result mint(ServiceAccount account, String audience) {
    TokenRequest request =
        new TokenRequestBuilder()
            .withNewMetadata()
            .endMetadata()
            .withNewSpec()
            .withAudiences(audience)
            .withExpirationSeconds(TOKEN_LIFE.toSeconds())
            .endSpec()
            .build();
    try {
      TokenRequest answer = at(account.namespace(), account.name()).tokenRequest(request);
      String token = answer.getStatus() == null ? null : answer.getStatus().getToken();
      return token == null || token.isEmpty()
          ? new Rejected("its answer has no token")
          : new Minted(new WebIdentityToken(token, issuer(token)));
    } catch (KubernetesClientException e) {
      return failed(e);
    }
  }

  private ServiceAccountResource at(String namespace, String name) {
    return client.serviceAccounts().inNamespace(namespace).withName(name);
  }

  private static Result failed(KubernetesClientException failure) {
    AdmissionRefusal refusal = AdmissionRefusal.of(failure);
    if (refusal != null) {
      return new Rejected("it is refused by " + refusal.by());
    }
    return switch (failure.getCode()) {
      case HttpURLConnection.HTTP_NOT_FOUND -> new Missing();
      case HttpURLConnection.HTTP_FORBIDDEN -> new Forbidden();
      case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
          new Rejected(
              failure.getStatus() == null || failure.getStatus().getMessage() == null
                  ? ApiServerFailures.describe(failure)
                  : failure.getStatus().getMessage());
      default -> {
        Duration retryAfter = ApiServerFailures.retryAfter(failure);
        yield new Unanswered(
            ApiServerFailures.describe(failure), retryAfter.isZero() ? null : retryAfter);
      }
    };
  }

  /** The issuer in a token's claims, for messages only: STS verifies the token. */
  private static @Nullable String issuer(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      return parts.length == 3
          ? JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).path("iss").textValue()
          : null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }
}
