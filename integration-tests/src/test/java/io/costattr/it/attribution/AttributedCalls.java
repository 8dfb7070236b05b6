package io.costattr.it.attribution;

import io.costattr.api.Attributed;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.springframework.aop.framework.ProxyFactory;

/**
 * Calls the model at the URL in its argument from methods with {@code @Attributed} of every kind.
 */
public final class AttributedCalls {
  static String model = "";

  private AttributedCalls() {}

  public static void main(String[] arguments) throws Exception {
    model = arguments[0];
    Methods methods = new Methods();
    Customer customer = new Customer("cust_1", "gold");
    run("instance", () -> methods.answer(customer, "why?"));
    run("static", () -> Methods.metered(7L, 0.5, "cust_2"));
    run("private", () -> methods.callsPrivate(3));
    run("recursion", () -> methods.countdown(2));
    run("exception", () -> methods.fails(customer));
    run("overlay", () -> methods.outer(customer));
    run("api-inside", () -> methods.saysMore("cust_3"));
    run("api-outside", () -> said(() -> methods.answer(customer, "why?")));
    run("default-method", () -> new Implementation().withBody("cust_4"));
    run("interface", () -> new Implementation().withoutBody("cust_4"));
    run("overridden", () -> new Sub().answer(customer, "why?"));
    run("super", () -> new SuperCaller().answer(customer, "why?"));
    run("generic", () -> ((Work<String>) new StringWork()).work("cust_5"));
    run("lambda", () -> methods.inLambda("cust_6"));
    run("thread", () -> methods.onThread("cust_7"));
    run("future", () -> methods.later("cust_8").get());
    run("varargs", () -> methods.several("cust_9", 1, 2));
    run("cglib", () -> proxied(true).withBody("cust_10"));
    run("jdk-proxy", () -> proxied(false).withoutBody("cust_11"));
    run("own-proxy", () -> subclassed().answer(customer, "why?"));
    run("hostile", () -> methods.hostile("x"));
    run("hostile", () -> methods.hostile("x"));
    run("null", () -> methods.answer(new Customer(null, null), "why?"));
    run("throws", () -> methods.throwing(new Throwing()));
    run("throws", () -> methods.throwing(new Throwing()));
    run("after", AttributedCalls::call);
    System.out.println("done");
  }

  /** The tag by which a call is found again is said by the API, which says nothing else. */
  private static void run(String name, Callable<?> work) throws Exception {
    AttributionContext.call(Attribution.builder().tag("case", name).build(), work);
  }

  private static <T> T said(Callable<T> work) throws Exception {
    return AttributionContext.call(
        Attribution.builder().feature("of the api").team("api").build(), work);
  }

  static Void call() throws Exception {
    BaggageTest.Call.chat(model);
    return null;
  }

  private static Contract proxied(boolean byClass) {
    ProxyFactory factory = new ProxyFactory(new Implementation());
    factory.setProxyTargetClass(byClass);
    return (Contract) factory.getProxy();
  }

  private static Methods subclassed() {
    ProxyFactory factory = new ProxyFactory(new Methods());
    factory.setProxyTargetClass(true);
    return (Methods) factory.getProxy();
  }

  /** Not to be seen from elsewhere. */
  record Customer(String id, String plan) {}

  /** Has a getter that fails. */
  static final class Throwing {
    public String getId() {
      throw new IllegalStateException("the customer's secret");
    }
  }

  /** Methods of a class. */
  public static class Methods {
    @Attributed(
        feature = "chat",
        customerId = "#customer.id",
        tags = {"plan=#args[0].plan", "x=y"})
    Void answer(Customer customer, String question) throws Exception {
      return call();
    }

    @Attributed(
        feature = "metered",
        customerId = "#args[2]",
        tags = {"a=#args[0]", "b=#factor"})
    static Void metered(long count, double factor, String customer) throws Exception {
      return call();
    }

    Void callsPrivate(int number) throws Exception {
      return hidden(number);
    }

    @Attributed(customerId = "#number")
    private synchronized Void hidden(int number) throws Exception {
      return call();
    }

    @Attributed(customerId = "#left")
    final Void countdown(int left) throws Exception {
      call();
      if (left > 0) {
        countdown(left - 1);
        call();
      }
      return null;
    }

    Void fails(Customer customer) throws Exception {
      try {
        failing(customer);
      } catch (IllegalStateException expected) {
        call();
      }
      return null;
    }

    @Attributed(feature = "failing", customerId = "#customer.id")
    private void failing(Customer customer) throws Exception {
      call();
      throw new IllegalStateException();
    }

    @Attributed(feature = "outer", customerId = "internal", team = "core", route = "/outer/{id}")
    Void outer(Customer customer) throws Exception {
      answer(customer, "why?");
      return call();
    }

    @Attributed(feature = "annotated", customerId = "#customer", environment = "test")
    Void saysMore(String customer) throws Exception {
      return said(AttributedCalls::call);
    }

    @Attributed(customerId = "#customer")
    Void inLambda(String customer) throws Exception {
      Callable<Void> call = () -> call();
      return call.call();
    }

    @Attributed(customerId = "#customer")
    Void onThread(String customer) throws Exception {
      Thread thread =
          new Thread(
              () -> {
                try {
                  run("thread", AttributedCalls::call);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      thread.start();
      thread.join();
      return null;
    }

    @Attributed(customerId = "#customer")
    CompletableFuture<Void> later(String customer) throws Exception {
      call();
      CompletableFuture<Void> begun = new CompletableFuture<>();
      CompletableFuture<Void> after =
          begun.thenAccept(
              ignored -> {
                try {
                  run("future", AttributedCalls::call);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      new Thread(() -> begun.complete(null)).start();
      return after;
    }

    @Attributed(customerId = "#customer")
    Void several(String customer, int... numbers) throws Exception {
      return call();
    }

    @Attributed(
        feature = "hostile",
        customerId = "T(java.lang.Runtime).getRuntime().exec('id')",
        team = "#args[0].class.name")
    Void hostile(String argument) throws Exception {
      return call();
    }

    @Attributed(feature = "throwing", customerId = "#args[0].id")
    Void throwing(Throwing argument) throws Exception {
      return call();
    }
  }

  /** Overrides what is annotated, and has no annotation. */
  public static class Sub extends Methods {
    @Override
    Void answer(Customer customer, String question) throws Exception {
      return call();
    }
  }

  /** Calls what is annotated above it. */
  public static class SuperCaller extends Methods {
    @Override
    Void answer(Customer customer, String question) throws Exception {
      return super.answer(customer, question);
    }
  }

  /** An interface with and without a body. */
  public interface Contract {
    @Attributed(feature = "of the interface", customerId = "#args[0]")
    Void withoutBody(String customer) throws Exception;

    @Attributed(feature = "of the default", customerId = "#args[0]")
    default Void withBody(String customer) throws Exception {
      return call();
    }
  }

  /** Implements it without an annotation. */
  public static class Implementation implements Contract {
    @Override
    public Void withoutBody(String customer) throws Exception {
      return call();
    }
  }

  /** Makes the compiler add a bridge. */
  interface Work<T> {
    Void work(T argument) throws Exception;
  }

  /** The bridge has the annotation as well. */
  static final class StringWork implements Work<String> {
    @Override
    @Attributed(customerId = "#args[0]")
    public Void work(String argument) throws Exception {
      return call();
    }
  }
}
