package io.costattr.core.budget;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The places from which calls come. Bounded: what comes from beyond the first {@value #MOST} is
 * learned together. Looking one up makes no object. Thread-safe.
 */
final class Sites {
  private static final int MOST = 1_024;
  private static final int SLOTS = 4 * MOST;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final AtomicReferenceArray<Site> slots = new AtomicReferenceArray<>(SLOTS);
  private final Site others = new Site(0);
  private int size;

  /** The place of a call: its call site and model; else what it is for, and the model. */
  Site of(Prospect call) {
    long id = id(call);
    for (int at = start(id); ; at = (at + 1) % SLOTS) {
      Site site = slots.get(at);
      if (site == null) {
        return add(id);
      }
      if (site.id == id) {
        return site;
      }
    }
  }

  private synchronized Site add(long id) {
    int at = start(id);
    for (Site site = slots.get(at); site != null; site = slots.get(at)) {
      if (site.id == id) {
        return site;
      }
      at = (at + 1) % SLOTS;
    }
    if (size == MOST) {
      return others;
    }
    size++;
    Site site = new Site(id);
    slots.set(at, site);
    return site;
  }

  private static int start(long id) {
    return (int) (id >>> 40) % SLOTS;
  }

  private static long id(Prospect call) {
    String model = call.model();
    long id = mixed(model == null ? 0 : model.hashCode());
    String site = call.callSite();
    if (site != null) {
      return mixed(id + site.hashCode());
    }
    id = mixed(id + call.who().feature().hashCode());
    id = mixed(id + call.who().route().hashCode());
    return mixed(id + call.endpoint().hashCode());
  }

  private static long mixed(long bits) {
    long mixed = (bits ^ PRIME) * PRIME;
    return mixed ^ (mixed >>> 29);
  }
}
