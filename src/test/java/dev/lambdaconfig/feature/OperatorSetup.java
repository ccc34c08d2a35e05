package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;

import dev.lambdaconfig.aws.sdk.LambdaClients;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.cli.run.RunningOperator;
import dev.lambdaconfig.kube.lists.ServerVersion;
import dev.lambdaconfig.kube.lists.StreamedLists;
import dev.lambdaconfig.kube.status.ServerSideApplyStatusStore;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The parts of an operator in this JVM that a test may replace.
 *
 * @param kubeconfig the kubeconfig of the API server, and so the operator's rights; null for those
 *     that the chart grants
 * @param credentials the operator's own; the simulator tells operators apart by their access key ID
 * @param interceptors what each request to the API server passes through
 * @param reconnectInterval the shortest time between two watches
 */
record OperatorSetup(
    RunOptions options,
    @Nullable Path kubeconfig,
    URI awsEndpoint,
    AwsCredentialsProvider credentials,
    List<Interceptor> interceptors,
    Duration reconnectInterval) {

  static final String ACCESS_KEY = "AKIDTEST";

  /** The client's own default. */
  private static final Duration RECONNECT_INTERVAL = Duration.ofSeconds(1);

  /** The parts of an operator that nobody replaces. */
  static OperatorSetup of(RunOptions options, URI awsEndpoint) {
    return new OperatorSetup(
        options, null, awsEndpoint, credentials(ACCESS_KEY), List.of(), RECONNECT_INTERVAL);
  }

  OperatorSetup withOptions(RunOptions other) {
    return new OperatorSetup(
        other, kubeconfig, awsEndpoint, credentials, interceptors, reconnectInterval);
  }

  OperatorSetup withKubeconfig(Path other) {
    return new OperatorSetup(
        options, other, awsEndpoint, credentials, interceptors, reconnectInterval);
  }

  OperatorSetup withAwsEndpoint(URI other) {
    return new OperatorSetup(
        options, kubeconfig, other, credentials, interceptors, reconnectInterval);
  }

  OperatorSetup withAccessKey(String other) {
    return withCredentials(credentials(other));
  }

  OperatorSetup withCredentials(AwsCredentialsProvider other) {
    return new OperatorSetup(
        options, kubeconfig, awsEndpoint, other, interceptors, reconnectInterval);
  }

  OperatorSetup withInterceptor(Interceptor interceptor) {
    return new OperatorSetup(
        options, kubeconfig, awsEndpoint, credentials, List.of(interceptor), reconnectInterval);
  }

  OperatorSetup withReconnectInterval(Duration other) {
    return new OperatorSetup(options, kubeconfig, awsEndpoint, credentials, interceptors, other);
  }

  static AwsCredentialsProvider credentials(String accessKey) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret"));
  }

  /** Creates the AWS clients of such an operator. */
  LambdaClients lambdaClients() {
    return new LambdaClients(credentials, awsEndpoint);
  }

  /** Starts such an operator; the caller closes it. */
  RunningOperator start(LambdaClients clients) throws Exception {
    KubernetesClient kubernetes = kubernetesClient();
    return RunningOperator.start(
        kubernetes, clients, new ServerSideApplyStatusStore(kubernetes), "eu-west-1", options);
  }

  private KubernetesClient kubernetesClient() {
    Config config = Config.fromKubeconfig(requireNonNull(kubeconfig).toFile());
    config.setWatchReconnectInterval((int) reconnectInterval.toMillis());
    if (!interceptors.isEmpty()) {
      // The packaged operator has the same limit.
      config.setRequestRetryBackoffLimit(2);
    }
    StreamedLists lists = new StreamedLists();
    KubernetesClient client =
        lists
            .builder(
                http ->
                    interceptors.forEach(
                        each -> http.addOrReplaceInterceptor(each.getClass().getName(), each)))
            .withConfig(config)
            .build();
    lists.adapt(ServerVersion.ask(client).join());
    return client;
  }
}
