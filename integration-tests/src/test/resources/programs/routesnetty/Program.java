import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Servers of Netty's alone, with one event loop for all: by the codec or by a decoder and an
 * encoder, with requests as they come or as a whole. Every call says which customer it expects to
 * be; nobody knows a route.
 */
public final class Program {
  private static final ExecutorService OWN = Executors.newFixedThreadPool(1);
  private static String base = "";

  /** What waits for the next request, on the event loop, and goes on while that is read. */
  private static CompletableFuture<Void> waiting = new CompletableFuture<>();

  private Program() {}

  @SuppressWarnings("deprecation")
  public static void main(String[] arguments) throws Exception {
    base = arguments[0];
    NioEventLoopGroup loop = new NioEventLoopGroup(1);
    for (boolean codec : new boolean[] {true, false}) {
      for (boolean whole : new boolean[] {true, false}) {
        RoutedRequests.send(
            start(loop, codec, whole), 12, "/orders/4711", "/carts/4711/items/8", "/a?b=c");
      }
    }
    System.out.println("done");
    System.exit(0);
  }

  private static int start(NioEventLoopGroup loop, boolean codec, boolean whole) throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (codec) {
                      channel.pipeline().addLast(new HttpServerCodec());
                    } else {
                      channel.pipeline().addLast(new HttpRequestDecoder());
                      channel.pipeline().addLast(new HttpResponseEncoder());
                    }
                    if (whole) {
                      channel.pipeline().addLast(new HttpObjectAggregator(1_000_000));
                      channel.pipeline().addLast(new Whole());
                    } else {
                      channel.pipeline().addLast(new Pieces());
                    }
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  private static void call(String customer) {
    ModelCall.make(base, "(unattributed)|" + customer);
  }

  /** Answers on the event loop, once something else has been done by others. */
  private static void answer(ChannelHandlerContext context) {
    CompletableFuture<Void> another = waiting;
    waiting = new CompletableFuture<>();
    waiting.thenRun(() -> call("(unattributed)"));
    another.complete(null);
    OWN.execute(
        () -> {
          call("(unattributed)");
          context
              .executor()
              .schedule(
                  () -> {
                    call("(unattributed)");
                    DefaultFullHttpResponse response =
                        new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1,
                            HttpResponseStatus.OK,
                            Unpooled.copiedBuffer("served", StandardCharsets.UTF_8));
                    response.headers().set("Content-Length", 6);
                    context.writeAndFlush(response);
                  },
                  1,
                  TimeUnit.MILLISECONDS);
        });
  }

  private static final class Whole extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      call(request.headers().get("x-customer"));
      answer(context);
    }
  }

  private static final class Pieces extends SimpleChannelInboundHandler<HttpObject> {
    private String customer = "";

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject piece) {
      if (piece instanceof HttpRequest) {
        customer = ((HttpRequest) piece).headers().get("x-customer");
        call(customer);
      }
      if (piece instanceof LastHttpContent) {
        call(customer);
        answer(context);
      }
    }
  }
}
