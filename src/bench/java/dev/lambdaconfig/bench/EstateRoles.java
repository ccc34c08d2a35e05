package dev.lambdaconfig.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.simulator.AccountRoles;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The roles of an estate: a ServiceAccount for each account, and what AWS knows of the cluster. */
final class EstateRoles {

  private static final String ROLE = "eks.amazonaws.com/role-arn";
  private static final List<String> ISSUER =
      List.of("/.well-known/openid-configuration", "/openid/v1/jwks");

  private static final ObjectMapper JSON = new ObjectMapper();

  private EstateRoles() {}

  /**
   * Creates the ServiceAccounts; returns the flags of a simulator in whose accounts they may assume
   * a role.
   *
   * @param folder an empty one, which that simulator reads
   */
  static List<String> create(Estate estate, KubernetesClient client, String namespace, Path folder)
      throws IOException {
    List<String> accounts = estate.accountIds();
    for (int number = 0; number < accounts.size(); number++) {
      client
          .resource(
              new ServiceAccountBuilder()
                  .withNewMetadata()
                  .withNamespace(namespace)
                  .withName(AccountRoles.serviceAccount(number))
                  .withAnnotations(Map.of(ROLE, AccountRoles.arn(accounts.get(number))))
                  .endMetadata()
                  .build())
          .create();
    }
    for (String path : ISSUER) {
      Files.writeString(AccountRoles.document(folder, path), client.raw(path));
    }
    return List.of("--issuer=" + folder, "--namespace=" + namespace);
  }

  /** A resource that acts as a ServiceAccount, as JSON. */
  static String naming(String manifest, String serviceAccount) {
    try {
      ObjectNode resource = (ObjectNode) JSON.readTree(manifest);
      resource.withObject("/spec").put("serviceAccountName", serviceAccount);
      return JSON.writeValueAsString(resource);
    } catch (JsonProcessingException e) {
      throw new BenchmarkFailed(e.getOriginalMessage() + ", in:\n" + manifest);
    }
  }
}
