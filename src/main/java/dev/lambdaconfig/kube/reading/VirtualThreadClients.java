package dev.lambdaconfig.kube.reading;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.http.HttpClient;

/**
 * Creates HTTP clients that handle answers on virtual threads. By default each client has a pool of
 * platform threads, of which a burst creates dozens, with 100 KB of stack each.
 */
final class VirtualThreadClients extends JdkHttpClientFactory {

  @Override
  protected HttpClient.Builder createNewHttpClientBuilder() {
    return HttpClient.newBuilder()
        .executor(task -> Thread.ofVirtual().name("kubernetes-http").start(task));
  }
}
