package dev.lambdaconfig.controller.rollout;

/** A view of the pauses of each Region. */
@FunctionalInterface
public interface PauseView {

  /**
   * Shows the pauses of a Region.
   *
   * @param all whether the updates of all namespaces are paused, in any of its accounts
   * @param namespaces the number of namespaces whose own failures pause their updates
   */
  void show(String region, boolean all, int namespaces);
}
