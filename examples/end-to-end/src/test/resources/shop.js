// A shop made of Vendure as its own guide makes one: the settings name the database, and the worker is in the same process.
const {
    bootstrap,
    DefaultCachePlugin,
    DefaultJobQueuePlugin,
    DefaultSchedulerPlugin,
    DefaultSearchPlugin,
    JobQueueService,
} = require('@vendure/core');

const database = process.env.SHOP_FILE
    ? { type: 'better-sqlite3', database: process.env.SHOP_FILE }
    : {
          type: 'postgres',
          host: process.env.SHOP_HOST,
          port: Number(process.env.SHOP_DATABASE_PORT),
          database: process.env.SHOP_DATABASE,
          username: process.env.SHOP_USER,
          password: process.env.SHOP_PASSWORD,
          schema: 'public',
      };

bootstrap({
    apiOptions: { hostname: '127.0.0.1', port: Number(process.env.SHOP_PORT) },
    authOptions: {
        tokenMethod: ['cookie'],
        superadminCredentials: { identifier: 'owner', password: process.env.SHOP_OWNER_PASSWORD },
        cookieOptions: { secret: 'secret of the cookies' },
    },
    dbConnectionOptions: { ...database, synchronize: process.env.SHOP_MAKES_TABLES === 'true', logging: false },
    paymentOptions: { paymentMethodHandlers: [] },
    plugins: [
        DefaultJobQueuePlugin.init({ pollInterval: 200 }),
        DefaultSchedulerPlugin.init({}),
        DefaultCachePlugin.init({}),
        DefaultSearchPlugin.init({ bufferUpdates: false }),
    ],
})
    .then(app => app.get(JobQueueService).start())
    .catch(error => {
        console.error(error);
        process.exit(1);
    });
