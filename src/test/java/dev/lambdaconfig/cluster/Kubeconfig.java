package dev.lambdaconfig.cluster;

import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;

/** Kubeconfig files: one cluster, one user with a token, one context; and clients from them. */
final class Kubeconfig {

  private Kubeconfig() {}

  static Cluster cluster(String server, Path authority) {
    try {
      var pem = Base64.getEncoder().encodeToString(Files.readAllBytes(authority));
      return new ClusterBuilder().withServer(server).withCertificateAuthorityData(pem).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cluster that a client talks to, with its certificates inlined. */
  static Cluster clusterOf(Config config) {
    if (config.isTrustCerts()) {
      return new ClusterBuilder()
          .withServer(config.getMasterUrl())
          .withInsecureSkipTlsVerify(true)
          .build();
    }
    return config.getCaCertData() == null && config.getCaCertFile() != null
        ? cluster(config.getMasterUrl(), Path.of(config.getCaCertFile()))
        : new ClusterBuilder()
            .withServer(config.getMasterUrl())
            .withCertificateAuthorityData(config.getCaCertData())
            .build();
  }

  /** Replaces the file as a whole: a reader never sees half of it. */
  static void write(Path file, Cluster cluster, String user, String token, String namespace) {
    var kubeconfig =
        new ConfigBuilder()
            .withApiVersion("v1")
            .withKind("Config")
            .addNewCluster()
            .withName("test")
            .withCluster(cluster)
            .endCluster()
            .addNewUser()
            .withName(user)
            .withNewUser()
            .withToken(token)
            .endUser()
            .endUser()
            .addNewContext()
            .withName("test")
            .withNewContext()
            .withCluster("test")
            .withUser(user)
            .withNamespace(namespace)
            .endContext()
            .endContext()
            .withCurrentContext("test")
            .build();
    try {
      var unfinished = Files.createTempFile(file.getParent(), "kubeconfig", ".tmp");
      Files.writeString(unfinished, Serialization.asYaml(kubeconfig));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static KubernetesClient client(Path kubeconfig) {
    return new KubernetesClientBuilder().withConfig(config(kubeconfig)).build();
  }

  /** A client for polling: it reports a failure at once, without retries of its own. */
  static KubernetesClient impatientClient(Path kubeconfig) {
    var config = config(kubeconfig);
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout(2_000);
    config.setRequestTimeout(5_000);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static Config config(Path kubeconfig) {
    return Config.fromKubeconfig(kubeconfig.toFile());
  }
}
