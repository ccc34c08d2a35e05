package dev.lambdaconfig.demo;

import dev.lambdaconfig.kube.status.StatusStore;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;

/** The API server of the demo, with the CRD in it. */
interface DemoCluster extends AutoCloseable {

  /** Which one, for people. */
  String describe();

  /** What it cannot show, for people; empty for a real one. */
  List<String> shortcomings();

  Path kubeconfig();

  /** Closed with the cluster. */
  KubernetesClient client();

  /** Another one, which the caller closes. */
  KubernetesClient newClient();

  /** How the operator writes statuses here. */
  StatusStore statuses(KubernetesClient client);

  /** As {@code kubectl apply --server-side} does, as far as this server can. */
  void apply(GenericKubernetesResource manifest);

  /** Whether it holds manifests up to the CRD's schema, and tells kubectl of that schema. */
  boolean validates();

  @Override
  void close();
}
