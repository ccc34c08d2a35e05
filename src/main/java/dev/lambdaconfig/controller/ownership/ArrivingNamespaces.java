package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.controller.resource.ResourceCache;

/**
 * Namespaces that come to be watched while others are reconciled. Which resource owns a function is
 * known once all that name it are: none of such a namespace is reconciled while its list goes on,
 * and those of other namespaces may lose a function to an older one.
 */
public final class ArrivingNamespaces {

  private final ResourceCache cache;
  private final Claims claims;

  /** Creates the arrivals of no namespace. */
  public ArrivingNamespaces(ResourceCache cache, Claims claims) {
    this.cache = cache;
    this.claims = claims;
  }

  /**
   * Makes the resources of one more namespace known.
   *
   * @param list returns when the cache has them all, or throws
   */
  public void arrive(String namespace, Runnable list) {
    boolean arrived = false;
    try {
      cache.add(namespace, list);
      arrived = true;
    } finally {
      if (!arrived) {
        claims.lookAnew();
      }
    }
    cache
        .list()
        .filter(resource -> namespace.equals(resource.getMetadata().getNamespace()))
        .forEach(claims::arrived);
  }
}
