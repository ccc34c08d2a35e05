package dev.lambdaconfig.controller.rollout;

/** Is shown what is paused in a Region. */
@FunctionalInterface
public interface PauseView {

  /**
   * Shows a Region.
   *
   * @param all whether the updates of all namespaces are paused, in any of its accounts
   * @param namespaces the number of namespaces whose own failures pause their updates
   */
  void show(String region, boolean all, int namespaces);
}
