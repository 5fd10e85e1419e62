// Keeps the models of node-oidc-provider in PostgreSQL, as the contract of its adapters asks (example/my_adapter.js of its
// sources): one table, one statement for each call, each a transaction of its own, prepared once for each connection.
import pg from 'pg';

const SCHEMA = `
  create table if not exists model (
    name       varchar(64) not null,
    id         varchar(255) not null,
    payload    jsonb not null,
    grant_id   varchar(255),
    user_code  varchar(255),
    uid        varchar(255),
    expires_at timestamptz,
    primary key (name, id)
  );
  create index if not exists model_grant_id on model (grant_id) where grant_id is not null;
  create index if not exists model_user_code on model (user_code) where user_code is not null;
  create index if not exists model_uid on model (uid) where uid is not null;
`;
const UPSERT = `
  insert into model (name, id, payload, grant_id, user_code, uid, expires_at)
  values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))
  on conflict (name, id) do update set payload = excluded.payload, grant_id = excluded.grant_id,
    user_code = excluded.user_code, uid = excluded.uid, expires_at = excluded.expires_at`;
const LIVE = 'name = $1 and (expires_at is null or expires_at > now())';

// Makes the table and returns the class that the provider makes an adapter of for each of its models.
export async function open(address) {
  const pool = new pg.Pool({ connectionString: address, max: 20, min: 2, idleTimeoutMillis: 0 });
  await pool.query(SCHEMA);
  const run = async (name, text, values) => pool.query({ name, text, values });

  return class PostgresqlAdapter {
    constructor(name) {
      this.name = name;
    }

    async upsert(id, payload, expiresIn) {
      const { grantId, userCode, uid } = payload;
      await run('upsert', UPSERT, [this.name, id, payload, grantId, userCode, uid, expiresIn]);
    }

    async find(id) {
      return this.first('find', `select payload from model where ${LIVE} and id = $2`, id);
    }

    async findByUserCode(userCode) {
      return this.first('code', `select payload from model where ${LIVE} and user_code = $2`, userCode);
    }

    async findByUid(uid) {
      return this.first('uid', `select payload from model where ${LIVE} and uid = $2`, uid);
    }

    async consume(id) {
      await run(
        'consume',
        `update model set payload = payload || jsonb_build_object('consumed', extract(epoch from now())::bigint)
         where name = $1 and id = $2`,
        [this.name, id],
      );
    }

    async destroy(id) {
      await run('destroy', 'delete from model where name = $1 and id = $2', [this.name, id]);
    }

    async revokeByGrantId(grantId) {
      await run('revoke', 'delete from model where name = $1 and grant_id = $2', [this.name, grantId]);
    }

    async first(statement, text, value) {
      const { rows } = await run(statement, text, [this.name, value]);
      return rows[0]?.payload;
    }
  };
}
