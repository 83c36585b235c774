<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>archive</name>
    <message>
        <source>Check {file}</source>
        <translation>检查 {file}</translation>
    </message>
    <message>
        <source>Import {file}</source>
        <translation>导入 {file}</translation>
    </message>
    <message>
        <source>Take back import {number}</source>
        <translation>撤销导入 {number}</translation>
    </message>
    <message>
        <source>Import {number} ({file}) was taken back: {restored} rows are as before, {left} changed since and stay.</source>
        <translation>已撤销导入 {number}（{file}）：恢复 {restored} 行，保留此后改动的 {left} 行。</translation>
    </message>
</context>
<context>
    <name>archives</name>
    <message>
        <source>Back up the archive</source>
        <translation>备份档案</translation>
    </message>
    <message>
        <source>The database and the evidence are copied into a new folder with a list of their hashes, and the copy is read back. Best on another disk or on the bureau&apos;s share. Image files of flights are not copied.</source>
        <translation>把数据库和证据复制到新文件夹，附哈希清单，并回读核对。请尽量备份到另一块磁盘或单位共享盘。航测影像文件不在其中。</translation>
    </message>
    <message>
        <source>&amp;Back up</source>
        <translation>开始备份(&amp;S)</translation>
    </message>
    <message>
        <source>{name} backup {time}</source>
        <translation>{name} 备份 {time}</translation>
    </message>
    <message>
        <source>Back up {name}</source>
        <translation>备份 {name}</translation>
    </message>
    <message>
        <source>Verify {name}</source>
        <translation>核验 {name}</translation>
    </message>
    <message>
        <source>Copy to another archive</source>
        <translation>复制到另一档案</translation>
    </message>
    <message>
        <source>A second archive is made of everything in this one: tables, history and evidence. Both are compared row by row. This one stays as it is; what is changed later in one is not changed in the other.</source>
        <translation>把本档案的全部内容（数据表、变更历史、证据）复制成另一个档案，并逐表核对。本档案保持不变；以后两个档案各自修改，互不影响。</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>开始复制(&amp;S)</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} 副本</translation>
    </message>
    <message>
        <source>Copy {name}</source>
        <translation>复制 {name}</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>从备份恢复</translation>
    </message>
    <message>
        <source>A new workspace is made of a backup; the workspace that was backed up is not touched. Every file is compared with the backup&apos;s list, and nothing is restored when one differs.</source>
        <translation>用备份新建一个工作区，原工作区不受影响。每个文件都与备份清单核对，有一个不符则不恢复。</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>开始恢复(&amp;S)</translation>
    </message>
    <message>
        <source>Restore {name}</source>
        <translation>恢复 {name}</translation>
    </message>
    <message>
        <source>Back it up and bring it forward now?</source>
        <translation>现在备份并升级吗？</translation>
    </message>
    <message>
        <source>Back up and bring forward</source>
        <translation>备份并升级</translation>
    </message>
    <message>
        <source>Bring {name} forward</source>
        <translation>升级 {name}</translation>
    </message>
    <message>
        <source>The archive is whole: database, audit, history, search, outlines and evidence were verified.</source>
        <translation>核验通过：数据库、审计链、变更历史、检索、图形、证据均完整。</translation>
    </message>
    <message>
        <source>{count} files backed up: {path}</source>
        <translation>已备份 {count} 个文件：{path}</translation>
    </message>
    <message>
        <source>{rows} rows and {count} files of evidence copied and compared: {path}</source>
        <translation>已复制并核对 {rows} 行、证据 {count} 件：{path}</translation>
    </message>
    <message>
        <source> ⚠ {count} files of evidence are missing or damaged in this archive and are not in the copy.</source>
        <translation> ⚠ 本档案有 {count} 件证据已缺失或损坏，未能复制。</translation>
    </message>
</context>
<context>
    <name>case-operations</name>
    <message>
        <source>{case} is now at: {stage}</source>
        <translation>{case} 已进入：{stage}</translation>
    </message>
    <message>
        <source>Photographs, scans, videos, measurements ({endings})</source>
        <translation>照片、扫描件、视频、测量资料 ({endings})</translation>
    </message>
    <message>
        <source>Add evidence</source>
        <translation>添加证据</translation>
    </message>
    <message>
        <source>Save the order map</source>
        <translation>保存拆除范围图</translation>
    </message>
    <message>
        <source>order map</source>
        <translation>拆除范围图</translation>
    </message>
    <message>
        <source>Save the demolition order</source>
        <translation>保存拆除决定书</translation>
    </message>
    <message>
        <source>demolition order</source>
        <translation>责令限期拆除决定书</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存：{path}</translation>
    </message>
    <message>
        <source>{count} file(s) added as evidence</source>
        <translation>已附入 {count} 个文件</translation>
    </message>
    <message>
        <source>{count} file(s) added; there already: {names}</source>
        <translation>已附入 {count} 个文件；已有：{names}</translation>
    </message>
</context>
<context>
    <name>detection</name>
    <message>
        <source>archive</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>Detection {before} – {after}</source>
        <translation>检测 {before} – {after}</translation>
    </message>
    <message>
        <source>{metres} m east</source>
        <translation>向东 {metres} 米</translation>
    </message>
    <message>
        <source>{metres} m west</source>
        <translation>向西 {metres} 米</translation>
    </message>
    <message>
        <source>{metres} m north</source>
        <translation>向北 {metres} 米</translation>
    </message>
    <message>
        <source>{metres} m south</source>
        <translation>向南 {metres} 米</translation>
    </message>
    <message>
        <source>turned by {degrees}°</source>
        <translation>旋转 {degrees}°</translation>
    </message>
    <message>
        <source>placed by hand ({placing})</source>
        <translation>手工套合（{placing}）</translation>
    </message>
    <message>
        <source>on the cluster {address}</source>
        <translation>集群 {address}</translation>
    </message>
    <message>
        <source>Detection is done: no change was found.</source>
        <translation>检测完成：未发现变化。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Detection is done: {count} findings ({by_type}).</source>
        <translation>检测完成：共 {count} 个图斑（{by_type}）。</translation>
    </message>
</context>
<context>
    <name>exports</name>
    <message>
        <source>Export findings</source>
        <translation>导出图斑</translation>
    </message>
    <message>
        <source>findings</source>
        <translation>图斑</translation>
    </message>
    <message>
        <source>Folder for the web map</source>
        <translation>网页地图存放的文件夹</translation>
    </message>
    <message>
        <source>&amp;First day</source>
        <translation>起始日期(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Last day</source>
        <translation>截止日期(&amp;L)</translation>
    </message>
    <message>
        <source>Findings count in the week in which their later flight was flown.</source>
        <translation>图斑按后期航测日期计入本期；案件按截止日期当天的状态统计。</translation>
    </message>
    <message>
        <source>Weekly report</source>
        <translation>拆违周报</translation>
    </message>
    <message>
        <source>weekly report {first} to {last}</source>
        <translation>拆违周报 {first} 至 {last}</translation>
    </message>
    <message>
        <source>Export weekly report</source>
        <translation>导出周报</translation>
    </message>
    <message>
        <source>Export {name}</source>
        <translation>导出 {name}</translation>
    </message>
    <message>
        <source>Written: {path}</source>
        <translation>已写入：{path}</translation>
    </message>
    <message>
        <source>Export table</source>
        <translation>导出表格</translation>
    </message>
    <message>
        <source>Export {title}</source>
        <translation>导出{title}</translation>
    </message>
    <message>
        <source>Boundary points</source>
        <translation>界址点</translation>
    </message>
</context>
<context>
    <name>household</name>
    <message>
        <source>&amp;Holder</source>
        <translation>户主(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Town</source>
        <translation>镇(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Village</source>
        <translation>村(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>Household {number}</source>
        <translation>户 {number}</translation>
    </message>
    <message>
        <source>&amp;Structure</source>
        <translation>结构(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation>用途(&amp;U)</translation>
    </message>
    <message>
        <source>S&amp;toreys</source>
        <translation>层数(&amp;T)</translation>
    </message>
    <message>
        <source>Hei&amp;ght (m)</source>
        <translation>高度（m）(&amp;G)</translation>
    </message>
    <message>
        <source>Built &amp;area (m²)</source>
        <translation>建筑面积（m²）(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Built on</source>
        <translation>建成日期(&amp;B)</translation>
    </message>
    <message>
        <source>Building {number}</source>
        <translation>建筑 {number}</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>不详</translation>
    </message>
    <message>
        <source>&amp;Footprint (m²)</source>
        <translation>占地面积（m²）(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>种类(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Issued on</source>
        <translation>发证日期(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Expires on</source>
        <translation>有效期至(&amp;E)</translation>
    </message>
    <message>
        <source>Permit {number}</source>
        <translation>许可 {number}</translation>
    </message>
    <message>
        <source>A limit that is left empty allows anything. The permitted outline comes by import.</source>
        <translation>留空的限值视为不限。许可范围的图形只能通过导入更新。</translation>
    </message>
    <message>
        <source>Add a person to {number}</source>
        <translation>为户 {number} 添加人员</translation>
    </message>
    <message>
        <source>Numbers that are left empty stay as they are; a hyphen (-) takes one away.</source>
        <translation>号码留空表示不变；填一个减号（-）表示删除。</translation>
    </message>
    <message>
        <source>Person {number}</source>
        <translation>人员 {number}</translation>
    </message>
    <message>
        <source>&amp;Class</source>
        <translation>类别(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>理由(&amp;R)</translation>
    </message>
    <message>
        <source>What becomes of building {number}</source>
        <translation>建筑 {number} 的分类处置</translation>
    </message>
    <message>
        <source>Findings up to {day} show that it was changed since. What was added or rebuilt goes by the rules of its own day, in the case on that finding.</source>
        <translation>截至 {day} 的图斑显示该建筑此后有改扩建；改扩建部分适用其建成之日的规则，在该图斑的案件中处理。</translation>
    </message>
    <message>
        <source>The day it was built is not known, so no rules of that day can be named.</source>
        <translation>建成日期不明，无法确定当时适用的规则。</translation>
    </message>
    <message>
        <source>No rules are entered for {day}.</source>
        <translation>{day} 没有对应的规则集。</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今</translation>
    </message>
    <message>
        <source>Built on {day}: {rules} apply ({first} to {last}).</source>
        <translation>建成于 {day}，适用{rules}（{first} 至 {last}）。</translation>
    </message>
    <message>
        <source>Everything of the other household goes to {number}; its number is still found and leads here.</source>
        <translation>另一户的全部内容并入 {number}；原户号仍可检索，并指向本户。</translation>
    </message>
    <message>
        <source>&amp;Number of the other household</source>
        <translation>另一户的户号(&amp;N)</translation>
    </message>
    <message>
        <source>Merge another household into this one</source>
        <translation>并入另一户</translation>
    </message>
    <message>
        <source>&amp;Number of the new household</source>
        <translation>新户户号(&amp;N)</translation>
    </message>
    <message>
        <source>Its &amp;holder</source>
        <translation>新户户主(&amp;H)</translation>
    </message>
    <message>
        <source>Its &amp;address</source>
        <translation>新户地址(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Buildings that go to it</source>
        <translation>划入新户的建筑(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Persons that go to it</source>
        <translation>划入新户的人员(&amp;P)</translation>
    </message>
    <message>
        <source>Permits, findings and cases follow their buildings, and so do parcels on which nothing else stands.</source>
        <translation>许可、图斑、案件随建筑划转；宗地上没有其他建筑的，宗地也随之划转。</translation>
    </message>
    <message>
        <source>Split household {number}</source>
        <translation>户 {number} 分户</translation>
    </message>
    <message>
        <source>&amp;Other building</source>
        <translation>另一幢建筑(&amp;O)</translation>
    </message>
    <message>
        <source>The other building becomes part of {number}; its number is still found.</source>
        <translation>另一幢并入 {number}；原编号仍可检索。</translation>
    </message>
    <message>
        <source>Merge another building into this one</source>
        <translation>并入另一幢</translation>
    </message>
    <message>
        <source>as it was</source>
        <translation>未改动</translation>
    </message>
    <message>
        <source>changed (sealed)</source>
        <translation>已改动（加密）</translation>
    </message>
    <message>
        <source>taken away</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>姓名(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Relation to the holder</source>
        <translation>与户主关系(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Telephone</source>
        <translation>电话(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Identity number</source>
        <translation>证件号码(&amp;I)</translation>
    </message>
</context>
<context>
    <name>personal-data</name>
    <message>
        <source>&amp;Passphrase or recovery key</source>
        <translation>口令或恢复密钥(&amp;P)</translation>
    </message>
    <message>
        <source>Unlock the numbers of persons</source>
        <translation>解锁证件号码和电话</translation>
    </message>
</context>
<context>
    <name>photos</name>
    <message>
        <source>Import photographs of {folder}</source>
        <translation>导入照片：{folder}</translation>
    </message>
</context>
<context>
    <name>surveys</name>
    <message>
        <source>Overviews of {survey}</source>
        <translation>建立金字塔：{survey}</translation>
    </message>
    <message>
        <source>Remove survey {name} from the workspace? Its files stay where they are.</source>
        <translation>从工作区移除期次“{name}”？影像文件仍留在原处。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Where is {name}?</source>
        <translation>“{name}”的文件现在何处？</translation>
    </message>
    <message>
        <source>Rasters (*.tif *.tiff *.img *.vrt *.jp2);;All files (*)</source>
        <translation>影像 (*.tif *.tiff *.img *.vrt *.jp2);;所有文件 (*)</translation>
    </message>
</context>
</TS>
