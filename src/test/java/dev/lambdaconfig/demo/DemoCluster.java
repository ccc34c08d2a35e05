package dev.lambdaconfig.demo;

import dev.lambdaconfig.kube.status.StatusStore;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;

/** The API server of the demo, with the CRD in it. */
interface DemoCluster extends AutoCloseable {

  /** The kind of the server, for people. */
  String describe();

  /** The features that it does not have, for people; empty for a real server. */
  List<String> shortcomings();

  Path kubeconfig();

  /** Closed with the cluster. */
  KubernetesClient client();

  /** Another one, which the caller closes. */
  KubernetesClient newClient();

  /** The way in which the operator writes statuses to it. */
  StatusStore statuses(KubernetesClient client);

  /**
   * Applies a manifest as {@code kubectl apply --server-side} does, as far as the server supports
   * it.
   */
  void apply(GenericKubernetesResource manifest);

  /** Whether the server validates manifests by the CRD's schema, and publishes that schema. */
  boolean validates();

  /** Creates an object of a built-in kind in the demo's namespace, and removes it at the end. */
  void create(HasMetadata object);

  @Override
  void close();
}
