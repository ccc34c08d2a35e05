package dev.lambdaconfig.deploy;

/** A way to install the operator. */
enum Installation {
  CHART,
  CHART_FOR_ONE_NAMESPACE,
  KUSTOMIZE;

  /** The manifests for a namespace; cluster-wide names contain it, so that tests do not meet. */
  Manifests manifests(String namespace, String awsEndpoint) {
    String aws = "aws: {region: eu-west-1, endpointUrl: '%s'}\n".formatted(awsEndpoint);
    return switch (this) {
      case CHART -> Chart.render("lco", namespace, aws);
      case CHART_FOR_ONE_NAMESPACE ->
          Chart.render("lco", namespace, aws + "watchNamespaces: [" + namespace + "]");
      case KUSTOMIZE -> Kustomize.build(Kustomize.FOLDER, namespace, namespace);
    };
  }
}
