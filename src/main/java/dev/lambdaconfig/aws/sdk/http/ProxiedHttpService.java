package dev.lambdaconfig.aws.sdk.http;

import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The HTTP clients that the SDK makes for itself: those by which its credentials chain exchanges a
 * web identity for credentials. They take the same proxies as all others.
 */
public final class ProxiedHttpService implements SdkHttpService {

  /** Makes this the SDK's source of clients, unless a property names another one. */
  public static void install() {
    String property = SdkSystemSetting.SYNC_HTTP_SERVICE_IMPL.property();
    if (System.getProperty(property) == null) {
      System.setProperty(property, ProxiedHttpService.class.getName());
    }
  }

  private static final class Builder implements SdkHttpClient.Builder<Builder> {
    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return new ProxiedHttpClient(System.getenv(), builder -> builder.buildWithDefaults(defaults));
    }
  }

  @Override
  public SdkHttpClient.Builder<?> createHttpClientBuilder() {
    return new Builder();
  }
}
